// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.verdict.Check;
import io.memreport.model.verdict.Check.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was looked for, with what came of it in words: kinds of findings of which the same is to be
 * said are told together.
 *
 * @param text a whole sentence without its full stop
 * @param ids of the kinds of findings
 */
public record CheckWords(String text, List<String> ids) {
  /** What was not found first. */
  public static List<CheckWords> of(List<Check> checks) {
    Map<String, List<String>> byText = new LinkedHashMap<>();
    for (Result result : List.of(Result.UNDECIDED, Result.FINE, Result.NOT_APPLICABLE)) {
      checks.stream()
          .filter(check -> check.result() == result)
          .forEach(
              check ->
                  byText
                      .computeIfAbsent(text(check), missing -> new ArrayList<>())
                      .add(check.id()));
    }
    return byText.entrySet().stream()
        .map(same -> new CheckWords(same.getKey(), List.copyOf(same.getValue())))
        .toList();
  }

  /** In a line: {@code 3 found, 40 fine, 1 undecided, 12 not applicable}. */
  public static String summary(List<Check> checks) {
    List<String> counts = new ArrayList<>();
    for (Result result : Result.values()) {
      long count = checks.stream().filter(check -> check.result() == result).count();
      if (count > 0) {
        counts.add(count + " " + result.label().replace('-', ' '));
      }
    }
    return String.join(", ", counts);
  }

  private static String text(Check check) {
    return switch (check.result()) {
      case FOUND -> "Found";
      case FINE -> "Looked for and not found";
      case UNDECIDED -> "Not decided: " + check.because();
      case NOT_APPLICABLE -> "Not looked for: " + check.because();
    };
  }
}
