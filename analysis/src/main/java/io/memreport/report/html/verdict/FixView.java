// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.verdict;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.verdict.Fix;
import io.memreport.report.html.part.VisibleText;
import java.util.List;

/**
 * A fix as tabs.
 *
 * @param change each setting before and after, as {@code cache_size 1000000000 → -16000}
 * @param gain how much less can be held then, empty if that is not known
 */
public record FixView(String change, String gain, List<Tab> tabs) {
  private static final int LONGEST = 1000;

  /** The same settings for one tool or file. */
  public record Tab(String place, String text) {}

  /** Null for no fix. */
  static FixView of(Fix fix) {
    if (fix == null) {
      return null;
    }
    List<String> changes =
        fix.settings().stream()
            .map(
                setting ->
                    setting.name()
                        + (setting.from() == null ? " = " : " " + setting.from() + " → ")
                        + setting.to())
            .toList();
    return new FixView(
        VisibleText.label(String.join(", ", changes)),
        fix.gainBytes() == null || fix.gainBytes() == 0 ? "" : Units.bytes(fix.gainBytes()),
        fix.snippets().stream()
            .map(
                snippet ->
                    new Tab(
                        VisibleText.label(snippet.place()),
                        VisibleText.shorten(VisibleText.block(snippet.text()), LONGEST)))
            .toList());
  }
}
