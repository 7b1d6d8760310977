// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.SharedMemoryResource;
import io.memreport.model.verdict.Confidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that tell of shared memory in words of their own get advice of their own. */
class SharedMemoryProgramsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SQL1084C  The database manager failed to allocate shared memory because an operating system kernel memory limit has been reached.  SQLSTATE=57019 ~ SHM_LIMITS ~ INSTANCE_MEMORY",
        "[slotmem_shm:error] [pid 12] (28)No space left on device: AH02611: create: apr_shm_create(/run/httpd/slotmem-shm-p1.shm) failed ~ SHMMNI_OR_SHMALL ~ memreport shm list",
        "[1763632800.1] [n1:4123 :0] mm_posix.c:194  UCX  ERROR Not enough memory to write total of 4292720 bytes. Please check that /dev/shm or the directory ~ DEV_SHM ~ --shm-size",
        "misc/shmutils.cc:87 NCCL WARN Error: failed to extend /dev/shm/nccl-abcd to 33030532 bytes ~ DEV_SHM ~ --shm-size",
        "2026/11/20 10:00:00 [alert] 12#12: mmap(MAP_ANON|MAP_SHARED, 10737418240) failed (12: Cannot allocate memory) ~ KERNEL_MEMORY ~ smaller zones",
        "2026/11/20 10:00:00 [crit] 12#12: ngx_slab_alloc() failed: no memory in cache keys zone \"cache\" ~ SHARED_POOL ~ keys_zone=",
      })
  void it_is_known(String line, SharedMemoryResource resource, String advice) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.SHM_EXHAUSTED);
    assertThat(event.sharedMemory().resource()).isEqualTo(resource);
    Explanation explanation = LogDiagnosis.explain(event);
    assertThat(explanation.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(String.join(" ", explanation.advice()))
        .contains(advice)
        .doesNotContain("PostgreSQL", "Oracle", "SGA");
    assertThat(String.join(" ", explanation.because()))
        .doesNotContain("ORA-", "shared_buffers", "SGA");
  }

  @Test
  void a_bus_error_of_a_worker_only_points_to_it() {
    String line =
        "RuntimeError: DataLoader worker (pid 123) is killed by signal: Bus error. It is possible that"
            + " dataloader's workers are out of shared memory.\n";
    LogEvent event = Logs.only(line);
    assertThat(event.sharedMemory().resource()).isEqualTo(SharedMemoryResource.DEV_SHM);
    Explanation explanation = LogDiagnosis.explain(event);
    assertThat(explanation.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(explanation.because()).anyMatch(text -> text.contains("workers crash for other"));
    assertThat(Logs.only(line.replace("Bus error", "Killed")).kind()).isEqualTo(EventKind.KILLED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ORA-27102: out of memory | 12: Cannot allocate memory | KERNEL_MEMORY | SGA_TARGET",
        "ORA-27125: unable to create shared memory segment | 1: Operation not permitted | PERMISSION | hugetlb_shm_group",
      })
  void oracle_is_not_told_of_postgresql(
      String first, String second, SharedMemoryResource resource, String advice) {
    LogEvent event = Logs.only(first + "\nLinux-x86_64 Error: " + second + "\n");
    assertThat(event.sharedMemory().resource()).isEqualTo(resource);
    assertThat(String.join(" ", LogDiagnosis.explain(event).advice()))
        .contains(advice)
        .doesNotContain("PostgreSQL", "sandbox");
  }

  @Test
  void a_sandbox_of_another_stays_one() {
    LogEvent event =
        Logs.only("FATAL:  could not create shared memory segment: Operation not permitted\n");
    assertThat(event.sharedMemory().resource()).isEqualTo(SharedMemoryResource.SANDBOX);
    LogEvent full =
        Logs.only("FATAL:  could not map anonymous shared memory: Cannot allocate memory\n");
    assertThat(String.join(" ", LogDiagnosis.explain(full).advice())).contains("shared_buffers");
  }
}
