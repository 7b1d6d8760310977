// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.timeline;

import io.memreport.model.memory.MemorySample;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.TimeAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A plot in numbers, for readers who can't see it. */
final class Peaks {
  private Peaks() {}

  static List<Plot.Peak> of(List<MemorySample> samples, Stack stack, TimeAxis axis) {
    List<Plot.Peak> peaks = new ArrayList<>();
    peaks.add(peak("rss", "", "RSS, all of it", samples, MemorySample::rssBytes, axis));
    for (MemoryKind kind : stack.kinds()) {
      peaks.add(
          peak(
              kind.key(),
              kind.colour,
              kind.label,
              samples,
              sample -> Stack.of(kind, sample),
              axis));
    }
    return peaks;
  }

  static String summary(List<Plot.Peak> peaks) {
    StringBuilder text = new StringBuilder("Memory over time.");
    for (Plot.Peak peak : peaks) {
      text.append(' ').append(peak.label()).append(": at first ").append(peak.first().text());
      text.append(", at most ").append(peak.most().text());
      text.append(", at last ").append(peak.last().text()).append('.');
    }
    return text.toString();
  }

  private static Plot.Peak peak(
      String key,
      String colour,
      String label,
      List<MemorySample> samples,
      Function<MemorySample, Long> bytes,
      TimeAxis axis) {
    MemorySample most = null;
    for (MemorySample sample : samples) {
      Long value = bytes.apply(sample);
      if (value != null && (most == null || value > bytes.apply(most))) {
        most = sample;
      }
    }
    return new Plot.Peak(
        key,
        colour,
        label,
        Measure.bytes(bytes.apply(samples.get(0))),
        Measure.bytes(most == null ? null : bytes.apply(most)),
        most == null ? "unknown" : Moment.since(axis.from(), most.at()),
        Measure.bytes(bytes.apply(samples.get(samples.size() - 1))));
  }
}
