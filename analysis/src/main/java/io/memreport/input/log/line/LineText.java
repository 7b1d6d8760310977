// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text in the bytes of a line: out of the JSON of journalctl and docker, without the colours of
 * a terminal and control characters, and split where a writer put several lines into one.
 */
public final class LineText {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]{0,20}+[A-Za-z]");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> MESSAGES = List.of("MESSAGE", "log", "message", "msg");
  private static final List<String> TIMES = List.of("time", "timestamp", "ts", "@timestamp");

  private LineText() {}

  public static List<String> of(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.startsWith("{")) {
      text = message(text);
    } else if (text.startsWith("MESSAGE=")) {
      text = text.substring("MESSAGE=".length());
    }
    // rsyslog writes a line break as #012, and a tab as #011.
    text = text.replace("#012", "\n").replace("#011", " ");
    if (text.indexOf('\u001b') >= 0) {
      text = COLOURS.matcher(text).replaceAll("");
    }
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      lines.add(withoutControls(line));
    }
    return lines;
  }

  private static String message(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      for (String name : MESSAGES) {
        JsonNode message = node.path(name);
        if (message.isTextual() || message.isArray()) {
          return time(node) + text(message);
        }
      }
      return json;
    } catch (JsonProcessingException e) {
      return json;
    }
  }

  private static String time(JsonNode node) {
    JsonNode micros = node.path("__REALTIME_TIMESTAMP");
    if (micros.isTextual() && micros.textValue().matches("\\d{16}")) {
      return micros.textValue().substring(0, 10)
          + "."
          + micros.textValue().substring(10)
          + " journal: ";
    }
    for (String name : TIMES) {
      if (node.path(name).isTextual()) {
        return node.path(name).textValue() + " ";
      }
    }
    return "";
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

  private static String withoutControls(String line) {
    StringBuilder clean = null;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t' || c == '\u00a0') {
        clean = clean == null ? new StringBuilder(line.substring(0, i)) : clean;
        clean.append(' ');
      } else if (Character.isISOControl(c)) {
        clean = clean == null ? new StringBuilder(line.substring(0, i)) : clean;
      } else if (clean != null) {
        clean.append(c);
      }
    }
    return clean == null ? line : clean.toString();
  }
}
