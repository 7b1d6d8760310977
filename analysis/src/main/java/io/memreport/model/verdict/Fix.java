// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings that mend a finding.
 *
 * @param settings what to set
 * @param gainBytes how much less can be held then, null if nothing measured tells
 * @param snippets the same, ready to paste, for each place where people set it
 */
public record Fix(
    FixKind kind, List<Setting> settings, @Nullable Long gainBytes, List<Snippet> snippets) {

  /** {@code from} is what was set when it was recorded, null if that is not known. */
  public record Setting(String name, @Nullable String from, String to) {}

  /** {@code place} is the tool or file that takes the text. */
  public record Snippet(String place, String text) {}
}
