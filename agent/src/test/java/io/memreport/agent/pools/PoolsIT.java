// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.PoolEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link PoolProgram} configures and does is known; so is what the recording must say. */
class PoolsIT {
  private static final List<String> LENDING =
      List.of("hikari", "dbcp2", "c3p0", "agroal", "unpooled");

  private static final Set<String> NOT_USED = Set.of("idle", "unused");

  @TempDir private Path databases;

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void pools_are_read_from_the_first_connection_on(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, "", PoolProgram.class, databases.toString());
    check(jvm.succeeded(), new RunEvents(jvm.events()));
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void pools_that_were_there_before_the_agent_are_read_from_the_next_one_on(
      Path javaHome, @TempDir Path out) throws Exception {
    WatchedJvm jvm =
        WatchedJvm.run(
            javaHome,
            out,
            List.of("-Djdk.attach.allowAttachSelf=true"),
            PoolProgram.class,
            databases.toString(),
            WatchedJvm.agentJar().toString(),
            "out=" + out);
    RunEvents events = new RunEvents(jvm.succeeded().events());
    assertThat(named(events, "idle"))
        .isNotEmpty()
        .allMatch(event -> event.getLong("total") == 1)
        .allMatch(event -> event.getLong("maxSize") == 1);
    assertThat(named(events, "closed")).isEmpty();
    assertThat(named(events, "unused"))
        .isNotEmpty()
        .allMatch(event -> event.getLong("total") == MemreportEvent.UNKNOWN);
    check(
        jvm,
        new RunEvents(
            events.all().stream().filter(event -> !NOT_USED.contains(nameOf(event))).toList()));
  }

  private static List<RecordedEvent> named(RunEvents events, String pool) {
    return events.where(PoolEvent.NAME, event -> pool.equals(nameOf(event)));
  }

  private static String nameOf(RecordedEvent event) {
    return event.getEventType().getName().equals(PoolEvent.NAME) && event.getString("name") != null
        ? event.getString("name")
        : "";
  }

  private static void check(WatchedJvm jvm, RunEvents events) {
    assertThat(jvm.stdout()).isEmpty();
    assertThat(jvm.stderr()).doesNotContain("memreport:");
    checkSettings(events);
    checkGauges(events);
    checkBorrowers(events);
    checkLeaker(events);
    assertThat(events.all().stream().filter(PoolsIT::tellsTheSecret)).isEmpty();
  }

  private static void checkSettings(RunEvents events) {
    assertThat(settings(events, "hikari")).containsExactly(7, 2, 61000, 601000, 31000, 5001, 45000);
    assertThat(settings(events, "dbcp2")).containsExactly(6, 1, 62000, 602000, 32000, 5002, 33000);
    assertThat(settings(events, "c3p0")).containsExactly(5, 1, 63000, 603000, 34000, 5003, 44000);
    assertThat(settings(events, "agroal")).containsExactly(4, 1, 64000, 604000, 35000, 5004, 46000);
    assertThat(settings(events, "spring-unpooled")[0]).isEqualTo(-1);
    assertThat(settings(events, "spring-single")[0]).isEqualTo(1);

    RecordedEvent hikari = last(events, "hikari");
    assertThat(hikari.getString("name")).isEqualTo("jdbc:sqlite:shop.db?password=?&?");
    assertThat(hikari.getString("initSql"))
        .isEqualTo("PRAGMA cache_size = -2000; PRAGMA key = ?; select ?");
    assertThat(hikari.getLong("initStatements")).isEqualTo(3);
    assertThat(last(events, "dbcp2").getString("initSql"))
        .isEqualTo("PRAGMA temp_store = 2; PRAGMA mmap_size = 0");
    assertThat(last(events, "dbcp2").getLong("initStatements")).isEqualTo(1);
    assertThat(last(events, "c3p0").getString("name")).isEqualTo("orders");
    assertThat(last(events, "c3p0").getString("initSql")).isNull();
    assertThat(last(events, "agroal").getString("initSql")).isEqualTo("PRAGMA threads = 0");
  }

  /** One is borrowed while each borrower holds it, and in the end Hikari's leaked one still is. */
  private static void checkGauges(RunEvents events) {
    for (String kind : List.of("hikari", "dbcp2", "c3p0", "agroal")) {
      assertThat(events.where(PoolEvent.NAME, event -> event.getString("kind").equals(kind)))
          .as(kind)
          .anyMatch(event -> event.getLong("active") == 1)
          .allMatch(event -> event.getLong("waiting") == 0);
      RecordedEvent last = last(events, kind);
      assertThat(last.getLong("active")).as(kind).isEqualTo(kind.equals("hikari") ? 1 : 0);
      assertThat(last.getLong("total"))
          .as(kind)
          .isEqualTo(last.getLong("active") + last.getLong("idle"))
          .isPositive();
    }
    assertThat(last(events, "spring-unpooled").getLong("total")).isEqualTo(MemreportEvent.UNKNOWN);
  }

  private static void checkBorrowers(RunEvents events) {
    for (String pool : LENDING) {
      List<RecordedEvent> borrows =
          events.where(
              BorrowedEvent.NAME, event -> event.getString("thread").equals("borrower of " + pool));
      RecordedEvent last =
          borrows.stream().max(Comparator.comparing(RecordedEvent::getStartTime)).orElseThrow();
      assertThat(borrows)
          .extracting(event -> event.getLong("borrowId"))
          .containsOnly(last.getLong("borrowId"));
      assertThat(last.getLong("connectionId"))
          .as(pool)
          .isEqualTo(events.query("select ? as " + pool).connection());
      assertThat(last.getLong("poolId"))
          .isEqualTo(
              last(events, pool.equals("unpooled") ? "spring-unpooled" : pool).getLong("poolId"));
      assertThat(last.getLong("untilMillis") - last.getLong("sinceMillis"))
          .as(pool)
          .isGreaterThanOrEqualTo(1000);
    }
    assertThat(events.named(BorrowedEvent.NAME))
        .extracting(event -> event.getString("thread"))
        .doesNotContain("main", "borrower of single");
  }

  private static void checkLeaker(RunEvents events) {
    List<RecordedEvent> leaked =
        events.where(BorrowedEvent.NAME, event -> event.getString("thread").equals("leaker"));
    long connection = events.query("select ? as leaked").connection();
    assertThat(leaked)
        .isNotEmpty()
        .allMatch(event -> event.getLong("untilMillis") == MemreportEvent.UNKNOWN)
        .allMatch(event -> event.getLong("connectionId") == connection);
  }

  /** But for the names of Hikari's own threads, which JFR records as the pool has made them. */
  private static boolean tellsTheSecret(RecordedEvent event) {
    return event.getEventType().getName().startsWith("memreport.")
        && event.getFields().stream()
            .filter(field -> field.getTypeName().equals("java.lang.String"))
            .map(field -> event.getString(field.getName()))
            .anyMatch(text -> text != null && text.contains(PoolProgram.SECRET));
  }

  private static long[] settings(RunEvents events, String kind) {
    RecordedEvent pool = last(events, kind);
    return new long[] {
      pool.getLong("maxSize"),
      pool.getLong("minIdle"),
      pool.getLong("idleTimeoutMillis"),
      pool.getLong("maxLifetimeMillis"),
      pool.getLong("leakDetectionMillis"),
      pool.getLong("connectionTimeoutMillis"),
      pool.getLong("keepaliveMillis")
    };
  }

  private static RecordedEvent last(RunEvents events, String kind) {
    return events.where(PoolEvent.NAME, event -> event.getString("kind").equals(kind)).stream()
        .max(Comparator.comparing(RecordedEvent::getStartTime))
        .orElseThrow(() -> new AssertionError("no " + kind));
  }
}
