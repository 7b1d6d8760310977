// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs die as they are meant to: before any verdict, the kernel itself is asked. */
class DeathIT {
  @ParameterizedTest
  @EnumSource(to = "PARALLEL_FORKS")
  void the_kernel_kills(Death death) throws Exception {
    DeadRun run = DeadRun.of(death);
    System.out.println(death + " " + run);
    assertThat(run.exitCodes()).contains(137);
    assertThat(Files.readString(run.kernelLog())).contains("oom_memcg=/" + run.cgroup());
  }

  @ParameterizedTest
  @EnumSource(from = "KILLED_BY_HAND")
  void the_kernel_has_no_part(Death death) throws Exception {
    DeadRun run = DeadRun.of(death);
    System.out.println(death + " " + run);
    assertThat(Files.readString(run.kernelLog())).doesNotContain(run.cgroup());
  }
}
