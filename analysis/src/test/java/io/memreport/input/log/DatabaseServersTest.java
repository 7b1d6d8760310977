// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.verdict.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of databases whose starter finds them gone, and what their own logs have of it. */
class DatabaseServersTest {
  private static final String GONE =
      "2026-11-20T02:27:07.123456Z mysqld_safe Number of processes running now: 0\n";
  private static final String AGAIN = "2026-11-20T02:27:07.125456Z mysqld_safe mysqld restarted\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-20T02:27:07.123456Z mysqld_safe Number of processes running now: 0 | mysqld",
        "250608 02:27:07 mysqld_safe Number of processes running now: 0 | mysqld",
        "251120 02:27:07 mariadbd-safe Number of processes running now: 0 | mariadbd",
      })
  void a_server_that_is_gone_was_killed_or_crashed(String line, String name) {
    LogEvent event = Logs.only(line + "\n" + AGAIN);
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(event.platform()).isEqualTo(Platform.MYSQL);
    assertThat(event.exitStatus()).isNull();
    assertThat(event.signs()).hasSize(2);
    assertThat(LogDiagnosis.explain(event).confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(LogDiagnosis.explain(event).headline())
        .isEqualTo(name + " went away: killed or crashed, this text does not say which.");
    assertThat(LogDiagnosis.explain(event).advice().toString())
        .contains("innodb_buffer_pool_size")
        .doesNotContain("-Xmx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02:27:07 UTC - mysqld got signal 11 ;",
        "02:27:07 UTC - mysqld got exception 0xc0000005 ;",
        "2026-11-20 02:27:06 7f InnoDB: Assertion failure in thread 140 in file row0mysql.cc line 61",
        "170802  6:12:06 [ERROR] InnoDB: File ./a.ibd: returned OS error 222. Cannot continue operation",
        "2026-11-20T02:27:06.1Z 0 [System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete",
      })
  void a_server_that_says_why_is_not_said_to_be_killed(String own) {
    assertThat(Logs.events(own + "\n" + "a trace\n".repeat(298) + GONE + AGAIN)).isEmpty();
    assertThat(Logs.events(own + "\n" + "other work\n".repeat(299) + GONE + AGAIN)).hasSize(1);
  }

  @Test
  void the_kernels_log_beside_it_says_who_it_was() {
    String kill =
        "2026-11-20T02:27:07.000000Z h kernel: Out of memory: Killed process 41 (mysqld)"
            + " total-vm:904856kB, anon-rss:251428kB, file-rss:1240kB\n";
    LogEvent event = Logs.only(kill + GONE + AGAIN);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.signs()).hasSize(3);
    List<LogEvent> other = Logs.events(kill.replace("(mysqld)", "(java)") + GONE);
    assertThat(other).hasSize(2);
  }

  @Test
  void mongodb_tells_its_time_and_no_data_of_users() {
    LogEvent event =
        Logs.only(
            "{\"t\":{\"$date\":\"2026-08-06T07:46:40.123+00:00\"},\"s\":\"W\",\"c\":\"QUERY\",\"id\":1,\"ctx\":\"conn7\","
                + "\"msg\":\"Plan executor error\",\"attr\":{\"error\":{\"errmsg\":\"caused by :: Sort exceeded memory limit"
                + " of 104857600 bytes, but did not opt in to external sorting.\"},\"cmd\":{\"find\":\"x@y\"}}}\n");
    assertThat(event.at().instant()).hasToString("2026-08-06T07:46:40.123Z");
    assertThat(event.limit().limitBytes()).isEqualTo(104857600);
    assertThat(event.signs().toString()).contains("Sort exceeded").doesNotContain("x@y");
  }
}
