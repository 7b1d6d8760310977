// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections are said to hold, against what SQLite gives back when they close. */
class ConnectionAccuracyIT {
  /** Lookaside memory, the connection itself and what belongs to no part: the same for each. */
  private static final long FIXED = 256 << 10;

  @TempDir static Path out;

  private static RunEvents events;
  private static final Map<String, Long> TRUTH = new LinkedHashMap<>();
  private static final Map<String, Long> IDS = new LinkedHashMap<>();

  @BeforeAll
  static void run() throws Exception {
    WatchedJvm run =
        WatchedJvm.run(Path.of(System.getProperty("java.home")), out, "", WorkloadProgram.class)
            .succeeded();
    events = new RunEvents(run.events());
    for (String line : run.stdout().split("\n")) {
      if (line.startsWith("truth ")) {
        String[] words = line.strip().split(" ");
        TRUTH.put(words[1], Long.valueOf(words[2]));
      }
    }
    for (RecordedEvent opened : events.named("memreport.ConnectionOpen")) {
      String url = opened.getString("url");
      int mark = url == null ? -1 : url.indexOf("schema=");
      if (mark > 0) {
        IDS.put(url.substring(mark + "schema=".length()), opened.getLong("connectionId"));
      }
    }
  }

  @Test
  void there_are_twenty_workloads() {
    assertThat(TRUTH.keySet().stream().map(key -> key.split("\\.")[0]).distinct())
        .hasSize(WorkloadProgram.WORKLOADS);
    assertThat(IDS.keySet()).containsAll(TRUTH.keySet());
  }

  @Test
  void what_a_connection_holds_is_what_its_close_gives_back() {
    TRUTH.forEach(
        (mark, truth) ->
            assertThat(last("memreport.ConnectionState", mark).getLong("nativeHeld"))
                .as(mark)
                .isCloseTo(truth, withinPercentage(2)));
  }

  /** They are all that is known of a connection from before an attach; sorts are not in them. */
  @Test
  void cache_schema_and_statements_explain_what_is_at_rest() {
    TRUTH.forEach(
        (mark, truth) -> {
          RecordedEvent status = last("memreport.ConnectionStatus", mark);
          if (status.getLong("busyStatements") == 0) {
            long parts =
                status.getLong("cacheUsedShared")
                    + status.getLong("schemaUsed")
                    + status.getLong("statementUsed");
            assertThat(truth - parts).as(mark).isBetween(0L, FIXED + truth / 50);
          }
        });
  }

  private static RecordedEvent last(String name, String mark) {
    long id = IDS.get(mark);
    return events.named(name).stream()
        .filter(event -> event.getLong("connectionId") == id)
        .filter(event -> !event.hasField("closed") || !event.getBoolean("closed"))
        .reduce((one, other) -> other.getStartTime().isBefore(one.getStartTime()) ? one : other)
        .orElseThrow();
  }
}
