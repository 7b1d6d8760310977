// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking for one kind of finding.
 *
 * @param id that of its findings
 * @param because why it does not apply, or what was seen and can't be decided; null otherwise
 */
public record Check(String id, Result result, @Nullable String because) {
  /** What can come of it. */
  public enum Result {
    /** There are findings with its id. */
    FOUND,
    /** It was looked for, and all is well. */
    FINE,
    /** Something was seen that may be it. */
    UNDECIDED,
    /** It can't be found in what was recorded. */
    NOT_APPLICABLE;

    /** The name in JSON: lower case, words joined by hyphens. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
