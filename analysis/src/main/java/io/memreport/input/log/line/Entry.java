// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A line of a log within something else: JSON of the journal, docker or a cloud, or a table of
 * commas.
 *
 * @param time what is said beside it, or null
 */
public record Entry(String time, String message) {
  private static final List<String> MESSAGES =
      List.of(
          "MESSAGE",
          "log",
          "message",
          "msg",
          "textPayload",
          "eventMessage",
          "line",
          "_raw",
          "SyslogMessage",
          "original",
          "Output",
          "stdout",
          "@m",
          "@mt");

  /** Lists of lines, as Ansible has them. */
  private static final List<String> LISTS = List.of("stdout_lines", "stderr_lines");

  /** What loggers put beside the message. */
  private static final List<String> TRACES =
      List.of("stack_trace", "stackTrace", "exception", "throwable", "@x");

  private static final List<String> TIMES =
      List.of(
          "time",
          "timestamp",
          "ts",
          "@t",
          "@timestamp",
          "lastTimestamp",
          "eventTime",
          "_time",
          "TimeGenerated");
  private static final long MILLIS = 1_000_000_000_000L;
  private static final int DEEPEST = 12;

  /** The lines in a value, the oldest first; none if that is no log. */
  public static List<Entry> in(JsonNode value) {
    List<Entry> entries = new ArrayList<>();
    collect(value, null, entries, 0);
    if (isNewestFirst(entries)) {
      Collections.reverse(entries);
    }
    return entries;
  }

  /** Consoles of clouds show the latest line first; ISO times sort as text. */
  private static boolean isNewestFirst(List<Entry> entries) {
    boolean descends = false;
    for (int i = 1; i < entries.size(); i++) {
      String before = entries.get(i - 1).time;
      String after = entries.get(i).time;
      if (before == null || after == null || before.compareTo(after) < 0) {
        return false;
      }
      descends |= before.compareTo(after) > 0;
    }
    return descends;
  }

  private static void collect(JsonNode node, String outerTime, List<Entry> entries, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    Entry ofMongo = MongoMessage.of(node);
    if (ofMongo != null) {
      entries.add(ofMongo);
      return;
    }
    String own = time(node);
    String time = own == null ? outerTime : own;
    if (isStamped(node)) {
      // Loki's pairs of nanoseconds and a line.
      entries.add(new Entry(epoch(node.path(0).asText()), node.path(1).textValue()));
      return;
    }
    String told = JournalMessages.words(node);
    if (told != null) {
      entries.add(new Entry(time, told));
    }
    for (String name : MESSAGES) {
      JsonNode message = node.path(name);
      if (message.isTextual() || message.isArray() && !message.isEmpty()) {
        entries.add(new Entry(time, text(message)));
        TRACES.stream()
            .map(trace -> node.path(trace).textValue())
            .filter(Objects::nonNull)
            .forEach(trace -> entries.add(new Entry(time, trace)));
        return;
      }
    }
    for (String name : LISTS) {
      for (JsonNode line : node.path(name)) {
        if (line.isTextual()) {
          entries.add(new Entry(time, line.textValue()));
        }
      }
    }
    for (JsonNode child : node) {
      if (child.isContainerNode()) {
        collect(child, time, entries, depth + 1);
      }
    }
  }

  private static boolean isStamped(JsonNode node) {
    return node.isArray()
        && node.size() == 2
        && node.path(0).asText().matches("\\d{16,19}")
        && node.path(1).isTextual();
  }

  private static String time(JsonNode node) {
    String micros = node.path("__REALTIME_TIMESTAMP").asText();
    if (micros.matches("\\d{16}")) {
      return epoch(micros);
    }
    for (String name : TIMES) {
      JsonNode time = node.path(name);
      if (time.isTextual()) {
        return time.textValue();
      }
      if (time.isIntegralNumber() && time.longValue() > MILLIS) {
        return epoch(time.longValue() + "000");
      }
    }
    return null;
  }

  /** The journal counts microseconds. */
  static String epoch(String micros) {
    return micros.substring(0, 10) + "." + micros.substring(10);
  }

  /** The journal writes a message as an array of bytes if it is no UTF-8. */
  private static String text(JsonNode message) {
    if (message.isTextual()) {
      return message.textValue();
    }
    byte[] bytes = new byte[message.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) message.path(i).asInt();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
