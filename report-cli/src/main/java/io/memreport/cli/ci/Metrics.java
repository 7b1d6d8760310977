// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.PostMortem;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Severity;
import java.util.Objects;

/** Few figures in the text format of OpenMetrics, rounded so that two equal runs show no change. */
final class Metrics {
  private static final long STEP = 16L << 20;

  private Metrics() {}

  static String of(PostMortem postMortem) {
    long peak =
        postMortem.timeline().samples().stream()
            .map(MemorySample::rssBytes)
            .filter(Objects::nonNull)
            .mapToLong(bytes -> bytes)
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    gauge(text, "memreport_killed", postMortem.kills().size());
    gauge(
        text,
        "memreport_findings",
        postMortem.findings().stream()
            .filter(finding -> finding.severity() != Severity.INFO)
            .count());
    if (peak > 0) {
      gauge(text, "memreport_peak_rss_mebibytes", Math.round((double) peak / STEP) * (STEP >> 20));
    }
    return text.append("# EOF\n").toString();
  }

  private static void gauge(StringBuilder text, String name, long value) {
    text.append("# TYPE ").append(name).append(" gauge\n");
    text.append(name).append(' ').append(value).append('\n');
  }
}
