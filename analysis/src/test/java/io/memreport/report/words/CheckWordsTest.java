// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.verdict.Check;
import io.memreport.model.verdict.Check.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckWordsTest {
  private static final List<Check> CHECKS =
      List.of(
          new Check("a.one", Result.NOT_APPLICABLE, "no pool was recorded"),
          new Check("a.two", Result.FINE, null),
          new Check("b.one", Result.FOUND, null),
          new Check("b.two", Result.UNDECIDED, "it grew"),
          new Check("c.one", Result.FINE, null),
          new Check("c.two", Result.NOT_APPLICABLE, "no pool was recorded"));

  @Test
  void what_is_not_decided_comes_first_and_equals_are_together() {
    assertThat(CheckWords.of(CHECKS))
        .containsExactly(
            new CheckWords("Not decided: it grew", List.of("b.two")),
            new CheckWords("Looked for and not found", List.of("a.two", "c.one")),
            new CheckWords("Not looked for: no pool was recorded", List.of("a.one", "c.two")));
  }

  @Test
  void a_line_counts_each() {
    assertThat(CheckWords.summary(CHECKS))
        .isEqualTo("1 found, 2 fine, 1 undecided, 2 not applicable");
    assertThat(CheckWords.summary(List.of())).isEmpty();
  }
}
