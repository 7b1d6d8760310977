// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However long a name is, it is looked at once. */
class LongNamesTest {
  @Test
  void a_name_of_a_million_characters_is_compared_with_the_headline() {
    String name = "a".repeat(1 << 20) + "!".repeat(1 << 10) + ".".repeat(1 << 20) + "b";
    Verdict verdict =
        new Verdict(
            VerdictKind.LEAK,
            null,
            Cause.NONE,
            Confidence.LIKELY,
            name,
            List.of(),
            List.of(new Evidence("x" + name, "recording", null)),
            List.of());
    assertThat(NewFacts.of(verdict, null)).containsExactly("x" + name);
  }
}
