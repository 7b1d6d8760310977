// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.log.Logs;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A line says which shared memory ran out, and is not cut in the middle of a word. */
class SharedMemoryHeadlineTest {
  @ParameterizedTest
  @EnumSource(SharedMemoryResource.class)
  void each_fits_a_line(SharedMemoryResource resource) {
    for (String program : new String[] {"PostgreSQL", "Apache httpd", "Oracle"}) {
      for (String segment : new String[] {null, "/PostgreSQL.123456"}) {
        SharedMemoryFailure failure =
            new SharedMemoryFailure(
                program,
                "posix_fallocate",
                "ENOSPC",
                1L,
                65538L,
                123243331584L,
                segment,
                resource,
                OperatingSystem.MACOS,
                null,
                7L,
                false);
        assertThat(OneLine.of(SharedMemoryHeadline.of(failure)))
            .hasSizeLessThanOrEqualTo(90)
            .doesNotContain("…")
            .endsWith(".");
      }
    }
  }

  @Test
  void what_initdb_hides_fits_too() {
    LogEvent event =
        Logs.only(
            "selecting default max_connections ... 20\nselecting default shared_buffers ... 400kB\n");
    assertThat(LogDiagnosis.explain(event).headline())
        .isEqualTo(
            "initdb could not start PostgreSQL with any setting: most often shared memory is full.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ORA-04031: unable to allocate 1015832 bytes of shared memory (\"shared pool\",\"x\") | shared-pool | Oracle's own shared pool is full: no 1015832 bytes left; the system's memory is not. | SHARED_POOL_SIZE",
        "ORA-27104: system-defined limits for shared memory was misconfigured | shm-limits | Oracle got no shared memory: the system's limits (shmmax, shmall) are too small. | kernel.shmmax",
      })
  void oracle_has_numbers_of_its_own(String line, String resource, String headline, String advice) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.sharedMemory().resource().label()).isEqualTo(resource);
    assertThat(LogDiagnosis.explain(event).headline()).isEqualTo(headline);
    assertThat(LogDiagnosis.explain(event).advice().get(0)).contains(advice);
  }
}
