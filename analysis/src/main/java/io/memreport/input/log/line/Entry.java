// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a log within something else: JSON of the journal, docker or a cloud, or a table of
 * commas.
 *
 * @param time what is said beside it, or null
 */
public record Entry(String time, String message) {
  private static final List<String> MESSAGES =
      List.of("MESSAGE", "log", "message", "msg", "textPayload");
  private static final List<String> TIMES =
      List.of("time", "timestamp", "ts", "@timestamp", "lastTimestamp", "eventTime");
  private static final List<String> CONTAINERS =
      List.of("entries", "events", "items", "hits", "_source", "jsonPayload");
  private static final long MILLIS = 1_000_000_000_000L;

  /** The lines in a value; none if that is no log. */
  public static List<Entry> in(JsonNode value) {
    List<Entry> entries = new ArrayList<>();
    collect(value, null, entries);
    return entries;
  }

  private static void collect(JsonNode node, String outerTime, List<Entry> entries) {
    String own = time(node);
    String time = own == null ? outerTime : own;
    if (node.isArray()) {
      node.forEach(child -> collect(child, time, entries));
      return;
    }
    for (String name : MESSAGES) {
      JsonNode message = node.path(name);
      if (message.isTextual() || message.isArray() && !message.isEmpty()) {
        entries.add(new Entry(time, text(message)));
        return;
      }
    }
    for (String name : CONTAINERS) {
      if (node.path(name).isContainerNode()) {
        collect(node.path(name), time, entries);
      }
    }
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
