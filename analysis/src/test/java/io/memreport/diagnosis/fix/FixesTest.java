// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Fix.Setting;
import io.memreport.model.verdict.Fix.Snippet;
import org.junit.jupiter.api.Test;

class FixesTest {
  private static final long MIB = 1 << 20;

  @Test
  void a_smaller_heap_is_set_where_each_tool_sets_it_and_gains_the_difference() {
    Fix fix = JvmFix.bound(JvmFix.MAX_HEAP, 512 * MIB, 200 * MIB + 5, 61);
    assertThat(fix.settings()).containsExactly(new Setting("-Xmx", "512m", "200m"));
    assertThat(fix.gainBytes()).isEqualTo(312 * MIB - 5);
    assertThat(fix.snippets())
        .containsExactly(
            new Snippet("Surefire, Failsafe", "<argLine>-Xmx200m</argLine>"),
            new Snippet("Gradle", "tasks.withType<Test> { maxHeapSize = \"200m\" }"),
            new Snippet("java", "java -Xmx200m …"),
            new Snippet("Environment", "export JAVA_TOOL_OPTIONS=\"-Xmx200m\""),
            new Snippet("Container", "-XX:MaxRAMPercentage=61"));
  }

  @Test
  void what_allowed_less_before_gains_nothing() {
    assertThat(JvmFix.bound("-Xmx", 100 * MIB, 200 * MIB, null).gainBytes()).isNull();
    assertThat(JvmFix.bound("-Xmx", 200 * MIB, 200 * MIB, null).gainBytes()).isZero();
    assertThat(JvmFix.bound("-Xmx", null, 200 * MIB, null).gainBytes()).isNull();
  }

  @Test
  void an_option_is_named_without_its_value() {
    Fix fix = JvmFix.bound("-XX:MaxMetaspaceSize=", null, 80 * MIB, null);
    assertThat(fix.settings()).containsExactly(new Setting("-XX:MaxMetaspaceSize", null, "80m"));
    assertThat(fix.snippets().get(1).text())
        .isEqualTo("tasks.withType<Test> { jvmArgs(\"-XX:MaxMetaspaceSize=80m\") }");
    assertThat(JvmFix.option("-XX:TrimNativeHeapInterval=", "5000").settings())
        .containsExactly(new Setting("-XX:TrimNativeHeapInterval", null, "5000"));
  }

  @Test
  void fewer_forks_are_set_in_the_pom_on_the_command_line_and_in_gradle() {
    Fix fix = BuildFix.forks(4, 2);
    assertThat(fix.settings()).containsExactly(new Setting("forkCount", "4", "2"));
    assertThat(fix.snippets().stream().map(Snippet::text))
        .containsExactly(
            "<forkCount>2</forkCount>",
            "mvn verify -DforkCount=2",
            "tasks.withType<Test> { maxParallelForks = 2 }");
  }

  private static SharedMemoryFailure refusal(
      String program, SharedMemoryResource what, OperatingSystem os) {
    return new SharedMemoryFailure(
        program, "shmget", "ENOSPC", null, null, null, null, what, os, null, null, false);
  }

  private static SharedLimits ids(Long most) {
    return new SharedLimits(most, null, null, null, most, most, null, null, null, null, "ipc:[1]");
  }

  @Test
  void ids_that_ran_out_are_freed_or_raised() {
    SharedMemoryFailure refusal =
        refusal("PostgreSQL", SharedMemoryResource.SHMMNI, OperatingSystem.LINUX);
    Fix fix = SharedMemoryFix.of(refusal, ids(4096L));
    assertThat(fix.settings()).containsExactly(new Setting("kernel.shmmni", "4096", "8192"));
    assertThat(fix.snippets().stream().map(Snippet::text))
        .containsExactly(
            "memreport shm list",
            "memreport shm clean --yes",
            "pg_ctl -D DIR stop -m immediate",
            "sudo sysctl -w kernel.shmmni=8192",
            "docker run --sysctl kernel.shmmni=8192");
    assertThat(SharedMemoryFix.of(refusal, ids(5000L)).settings().get(0).to()).isEqualTo("10000");
    assertThat(SharedMemoryFix.of(refusal, ids(20_000L)).settings().get(0).to()).isEqualTo("32768");
    assertThat(SharedMemoryFix.of(refusal, ids(32_768L)).settings()).isEmpty();
    assertThat(SharedMemoryFix.of(refusal, null).settings())
        .containsExactly(new Setting("kernel.shmmni", null, "8192"));
    assertThat(SharedMemoryFix.words(refusal)).startsWith("Remove the segments that nobody uses");
  }

  @Test
  void macos_takes_no_more_ids_and_another_program_is_no_postgresql() {
    Fix fix =
        SharedMemoryFix.of(
            refusal("Oracle", SharedMemoryResource.SHMMNI_OR_SHMALL, OperatingSystem.MACOS),
            ids(32L));
    assertThat(fix.settings()).isEmpty();
    assertThat(fix.snippets().stream().map(Snippet::place))
        .containsExactly("Who holds them", "Remove orphans");
  }

  @Test
  void a_full_dev_shm_is_made_larger_in_each_place_or_done_without() {
    SharedMemoryFailure refusal =
        refusal("Chromium", SharedMemoryResource.DEV_SHM, OperatingSystem.LINUX);
    Fix fix = SharedMemoryFix.of(refusal, null);
    assertThat(fix.snippets().stream().map(Snippet::place))
        .containsExactly("Docker", "Compose", "GitHub Actions", "Kubernetes", "Chromium");
    assertThat(fix.snippets().get(4).text()).isEqualTo("--disable-dev-shm-usage");
    assertThat(SharedMemoryFix.words(refusal)).startsWith("Make /dev/shm larger");
    for (String program : new String[] {"PostgreSQL", "PyTorch"}) {
      assertThat(
              SharedMemoryFix.of(refusal(program, SharedMemoryResource.DEV_SHM, null), null)
                  .snippets()
                  .get(4)
                  .place())
          .isEqualTo(program);
    }
    assertThat(
            SharedMemoryFix.of(refusal(null, SharedMemoryResource.DEV_SHM, null), null).snippets())
        .hasSize(4);
  }

  @Test
  void other_refusals_have_no_command_that_mends_them() {
    for (SharedMemoryResource other :
        new SharedMemoryResource[] {
          null, SharedMemoryResource.SHMMAX, SharedMemoryResource.SEMAPHORES
        }) {
      assertThat(SharedMemoryFix.of(refusal("PostgreSQL", other, OperatingSystem.LINUX), null))
          .isNull();
    }
  }

  @Test
  void a_variable_is_set_where_each_tool_sets_it() {
    Fix fix = EnvironmentFix.of("MALLOC_ARENA_MAX", "2");
    assertThat(fix.snippets().stream().map(Snippet::text))
        .containsExactly(
            "export MALLOC_ARENA_MAX=2",
            "Environment=MALLOC_ARENA_MAX=2",
            "ENV MALLOC_ARENA_MAX=2",
            "<environmentVariables><MALLOC_ARENA_MAX>2</MALLOC_ARENA_MAX></environmentVariables>",
            "tasks.withType<Test> { environment(\"MALLOC_ARENA_MAX\", \"2\") }");
  }
}
