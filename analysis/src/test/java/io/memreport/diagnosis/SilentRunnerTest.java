// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A test runner of whose tests none was seen: that nothing was found proves nothing. */
class SilentRunnerTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String SEEN_NONE =
      "JVM 7 is a test runner's, but none of its tests was seen";

  @Test
  void it_is_told() {
    Verdict verdict = verdict(new SomeFacts(), "org.testng.TestNG suite.xml");
    assertThat(verdict.confidence()).isNotEqualTo(Confidence.CERTAIN);
    assertThat(verdict.missing()).anyMatch(text -> text.startsWith(SEEN_NONE));
  }

  @Test
  void one_whose_tests_were_seen_is_not() {
    SomeFacts some = new SomeFacts().test(ATest.of("r", "renders"));
    assertThat(verdict(some, "org.testng.TestNG suite.xml").missing())
        .noneMatch(text -> text.contains("test runner"));
  }

  @Test
  void a_service_is_none() {
    assertThat(verdict(new SomeFacts(), "shop.Main").missing()).isEmpty();
  }

  private static Verdict verdict(SomeFacts some, String command) {
    return Diagnosis.of(
            some.run(ARun.of("r", NOON).pid(7L).command(command).ending(Ending.CLEAN)).build())
        .verdict();
  }
}
