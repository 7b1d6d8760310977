// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Quality;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.verdict.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One fault is one finding with one fix, and nobody is advised to do what was done. */
class OneFaultTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String OVERLAP = "other tests ran meanwhile";

  @Test
  void an_old_driver_is_told_with_the_leak_that_is_its() {
    ATest leak =
        ATest.of("r", "retries").retained(40L << 20).left("byte[] held by a JNI global reference");
    assertThat(ids(facts(leak, List.of()))).containsExactly("java.heap-retained");
  }

  @Test
  void without_such_a_leak_it_is_told_alone() {
    assertThat(ids(facts(ATest.of("r", "retries").retained(0L), List.of())))
        .containsExactly("sqlite.old-driver");
  }

  @Test
  void who_asked_for_full_collections_is_told_why_there_were_none() {
    ATest test = ATest.of("r", "renders");
    assertThat(missing(facts(test, List.of()))).contains("record with leaks=gc");
    assertThat(missing(facts(test, List.of("Java heap retained: " + OVERLAP))))
        .contains("goes unseen: " + OVERLAP)
        .doesNotContain("leaks=gc");
  }

  private static List<String> ids(Facts facts) {
    return Diagnosis.of(facts).findings().stream().map(Finding::id).toList();
  }

  private static String missing(Facts facts) {
    return String.join(" ", Diagnosis.of(facts).verdict().missing());
  }

  private static Facts facts(ATest test, List<String> notes) {
    Facts base = new SomeFacts().run(ARun.of("r", NOON).ending(Ending.CLEAN)).test(test).build();
    Connection connection =
        new Connection(
            "c",
            "r",
            "jdbc:sqlite:shop.db",
            null,
            NOON,
            NOON,
            Map.of("library_version", "3.36.0"),
            ConnectionHeap.held(0L),
            0,
            ConnectionStatus.NONE);
    return Facts.builder()
        .runs(base.runs())
        .tests(base.tests())
        .connections(List.of(connection))
        .quality(new Quality(null, 0, notes))
        .timeline(base.timeline())
        .build();
  }
}
