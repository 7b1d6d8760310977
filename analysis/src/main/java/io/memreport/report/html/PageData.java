// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.memreport.model.TestSpan;
import io.memreport.model.memory.MemorySample;
import io.memreport.report.html.part.Chip;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Row;
import io.memreport.report.html.part.RowTable;
import io.memreport.report.html.part.ScriptEscapes;
import io.memreport.report.html.timeline.Plot;
import io.memreport.report.html.timeline.Stack;
import io.memreport.report.html.timeline.TimelineView;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What the script needs beyond the markup, as JSON that is safe inside a script element: rows past
 * the first, which row belongs to which, and samples for the read-out.
 */
final class PageData {
  /** The most counterparts that one row carries. */
  private static final int RELATED = 100;

  private static final int KIB = 1024;

  private PageData() {}

  static String of(
      RowTable tests,
      RowTable queries,
      Function<String, Set<String>> related,
      Function<String, TestSpan> spans,
      TimelineView timeline)
      throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setCharacterEscapes(new ScriptEscapes());
      json.writeStartObject();
      Map<String, Integer> names = new LinkedHashMap<>();
      rest(json, tests, names);
      rest(json, queries, names);
      json.writeArrayFieldStart("facts");
      for (String name : names.keySet()) {
        json.writeString(name);
      }
      json.writeEndArray();
      links(json, tests, queries, related);
      if (timeline != null) {
        samples(json, timeline);
        spans(json, tests, spans, timeline);
      }
      json.writeEndObject();
    }
    return out.toString();
  }

  /** Facts have the position of their name among names. */
  private static void rest(JsonGenerator json, RowTable table, Map<String, Integer> names)
      throws IOException {
    json.writeArrayFieldStart(table.id());
    for (Row row : table.rest()) {
      json.writeStartArray();
      json.writeString(row.anchor());
      json.writeString(row.name());
      json.writeString(row.context());
      json.writeStartArray();
      for (Chip chip : row.chips()) {
        json.writeString(chip.kind());
        json.writeString(chip.text());
      }
      json.writeEndArray();
      json.writeStartArray();
      for (Measure cell : row.cells()) {
        number(json, cell.value());
      }
      json.writeEndArray();
      json.writeStartArray();
      for (Fact fact : row.facts()) {
        json.writeNumber(names.computeIfAbsent(fact.name(), missing -> names.size()));
        json.writeString(fact.value());
      }
      json.writeEndArray();
      if (!row.fullText().isEmpty()) {
        json.writeString(row.fullText());
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** For each test in the order of its table, the positions of its queries in theirs. */
  private static void links(
      JsonGenerator json, RowTable tests, RowTable queries, Function<String, Set<String>> related)
      throws IOException {
    Map<String, Integer> positions = new HashMap<>();
    for (Row row : queries.all()) {
      positions.put(row.anchor(), positions.size());
    }
    json.writeArrayFieldStart("links");
    for (Row row : tests.all()) {
      json.writeStartArray();
      int left = RELATED;
      for (String query : related.apply(row.anchor())) {
        Integer position = positions.get(query);
        if (position != null && left-- > 0) {
          json.writeNumber(position);
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** For each test in the order of its table its plot, and when it began and ended; else null. */
  private static void spans(
      JsonGenerator json, RowTable tests, Function<String, TestSpan> spans, TimelineView timeline)
      throws IOException {
    List<String> plots = timeline.samples().stream().map(all -> all.get(0).runId()).toList();
    json.writeArrayFieldStart("spans");
    for (Row row : tests.all()) {
      TestSpan span = spans.apply(row.anchor());
      int plot = span == null ? -1 : plots.indexOf(span.runId());
      if (plot < 0) {
        json.writeNull();
      } else {
        TestSpan whole = TimelineView.ended(span, timeline.samples().get(plot));
        json.writeStartArray();
        json.writeNumber(plot);
        json.writeNumber(Duration.between(timeline.axis().from(), whole.from()).toMillis());
        json.writeNumber(Duration.between(timeline.axis().from(), whole.to()).toMillis());
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  /**
   * Milliseconds since the start, RSS, then the kinds in their order; memory in KiB. Each number is
   * what it adds to the last one that is known, which is short.
   */
  private static void samples(JsonGenerator json, TimelineView timeline) throws IOException {
    json.writeArrayFieldStart("samples");
    for (List<MemorySample> plot : timeline.samples()) {
      json.writeStartArray();
      long[] last = new long[2 + timeline.legend().size()];
      for (MemorySample sample : plot) {
        json.writeStartArray();
        List<Long> row = new ArrayList<>();
        row.add(Duration.between(timeline.axis().from(), sample.at()).toMillis());
        row.add(kib(sample.rssBytes()));
        for (Plot.Area area : timeline.legend()) {
          row.add(kib(Stack.of(MemoryKind.of(area.key()), sample)));
        }
        for (int i = 0; i < last.length; i++) {
          Long value = row.get(i);
          number(json, value == null ? null : Long.valueOf(value - last[i]));
          last[i] = value == null ? last[i] : value;
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static Long kib(Long bytes) {
    return bytes == null ? null : Long.valueOf((bytes + KIB / 2) / KIB);
  }

  private static void number(JsonGenerator json, Long value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }
}
