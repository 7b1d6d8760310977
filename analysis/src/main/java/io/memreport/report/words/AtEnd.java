// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import java.time.Duration;
import java.util.Locale;

/** When it was that memory "at the end" of a run was looked at. */
public final class AtEnd {
  public static final String AT_END = "at the end";

  private AtEnd() {}

  /** "at the end", or "12.3 s before the end" for a run whose samples ended before it did. */
  public static String of(PostMortem postMortem, Run run) {
    Duration since = postMortem.timeline().sinceLastSample(run);
    return since == null
        ? AT_END
        : String.format(Locale.ROOT, "%.1f s before the end", since.toMillis() / 1000.0);
  }
}
