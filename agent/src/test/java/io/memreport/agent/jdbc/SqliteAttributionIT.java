// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link SqliteProgram} does is known; so is what the recording must say. */
class SqliteAttributionIT {
  /** SQLite's own needs beside a large value: the compiled statement, pages read, lookaside. */
  private static final long BESIDES = 400_000;

  private static final String SORT = "select a, b from t order by b";

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void bytes_go_to_the_query_that_took_them(Path javaHome, @TempDir Path out) throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, "", SqliteProgram.class).succeeded();
    assertThat(jvm.stdout()).isEmpty();
    RunEvents events = new RunEvents(jvm.events());
    check(events);
    RunEvents.Query sort = events.query(SORT);
    assertThat(sort.max("nativePeak")).isCloseTo(109_619_320, Percentage.withPercentage(1));
    assertThat(sort.sum("nativeNet")).isCloseTo(42_506_208, Percentage.withPercentage(1));
  }

  /** Its classes and its use of memory have changed much since; the sums hold all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"3.8.11.2", "3.20.1", "3.36.0.3", "3.45.3.0"})
  void bytes_go_to_the_query_that_took_them_in_older_drivers(String version, @TempDir Path out)
      throws Exception {
    String driver = "sqlite-jdbc-" + version + ".jar";
    check(
        new RunEvents(
            WatchedJvm.runWith(driver, out, "", SqliteProgram.class).succeeded().events()));
  }

  private static void check(RunEvents events) {
    RunEvents.Query sort = events.query(SORT);
    assertThat(sort.sum("executions")).isEqualTo(1);
    assertThat(sort.sum("rows")).isEqualTo(SqliteProgram.ROWS);
    RecordedEvent sorter = events.connection(sort.connection());
    assertThat(sort.max("nativePeak")).isCloseTo(109_619_320, Percentage.withPercentage(20));
    assertThat(sort.sum("nativeNet"))
        .isCloseTo(sorter.getLong("nativeHeld"), Percentage.withPercentage(1));
    assertThat(events.setting(sort.connection(), "cache_size")).isEqualTo("1000000");

    RunEvents.Query blob = events.query("select zeroblob(?), randomblob(?)");
    assertThat(blob.max("nativePeak"))
        .isBetween(SqliteProgram.BLOB - BESIDES, 3L * SqliteProgram.BLOB + BESIDES);
    assertThat(blob.sum("nativeNet")).isCloseTo(0, within(BESIDES));
    assertThat(blob.sum("nativeAllocated")).isGreaterThanOrEqualTo(SqliteProgram.BLOB);

    RunEvents.Query first = events.query("select randomblob(?) as first");
    RunEvents.Query second = events.query("select randomblob(?) as second");
    assertThat(first.max("nativePeak"))
        .isBetween((long) SqliteProgram.BLOB, SqliteProgram.BLOB + BESIDES);
    assertThat(first.sum("nativeNet")).isCloseTo(0, within(BESIDES));
    assertThat(second.sum("nativeNet")).isCloseTo(0, within(BESIDES));
    assertThat(second.max("nativePeak")).isLessThan(BESIDES);

    RunEvents.Query leaked = events.query("select a from t where id = ?");
    assertThat(leaked.sum("executions")).isEqualTo(SqliteProgram.LEAKED);
    assertThat(leaked.sum("rows")).isEqualTo(SqliteProgram.LEAKED);
    RecordedEvent open = events.openStatements(leaked);
    assertThat(open.getLong("open")).isEqualTo(SqliteProgram.LEAKED);
    assertThat(open.getLong("nativeHeld") / SqliteProgram.LEAKED).isBetween(1000L, 8000L);

    RunEvents.Query script =
        events.query("pragma temp_store=memory; pragma threads=?; create temp table s(x)");
    assertThat(script.sum("executions")).isEqualTo(1);
    assertThat(events.setting(script.connection(), "temp_store")).isEqualTo("2");
    assertThat(events.setting(script.connection(), "threads")).isEqualTo("2");

    RunEvents.Query insert = events.query("insert into numbers(n) values (?)");
    assertThat(insert.sum("executions")).isEqualTo(2);
    assertThat(events.named("memreport.SqlText"))
        .noneMatch(text -> text.getString("text").contains("last_insert_rowid"));

    RunEvents.Query handedOver = events.query("select randomblob(?) as handed_over");
    assertThat(events.connection(handedOver.connection()).getBoolean("closed")).isTrue();
    assertThat(handedOver.sum("nativeNet")).isCloseTo(0, within(BESIDES));
  }
}
