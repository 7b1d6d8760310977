// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the lines of a JSON value that was printed over several of them. Lines that turn out to
 * be no such value are given back; it holds at most {@link #LONGEST} characters.
 */
public final class JsonBlocks {
  private static final int LONGEST = 4 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What came of a line. */
  public interface Taker {
    /** A whole value, whose first line has that number. */
    void value(JsonNode value, List<String> lines, long firstNumber);

    /** Lines that belong to none. */
    void lines(List<String> lines, long firstNumber);
  }

  private final Taker taker;
  private final List<String> held = new ArrayList<>();
  private long firstNumber;
  private long length;
  private int depth;

  public JsonBlocks(Taker taker) {
    this.taker = taker;
  }

  /** Whether a value has begun and not ended. */
  public boolean isOpen() {
    return !held.isEmpty();
  }

  /** Takes a line. */
  public void line(String raw, long number) {
    // journalctl -o json-seq begins each with a record separator.
    String text = raw.startsWith("\u001e") ? raw.substring(1) : raw;
    String bare = text.strip();
    if (held.isEmpty()) {
      int opened = begins(bare) ? depth(bare) : 0;
      if (opened <= 0 && !isWhole(bare, opened)) {
        taker.lines(List.of(text), number);
        return;
      }
      depth = 0;
      length = 0;
      firstNumber = number;
    }
    if (!held.isEmpty() && !bare.isEmpty() && "\"{}[],-0123456789tfn".indexOf(bare.charAt(0)) < 0) {
      giveBack();
      line(raw, number);
      return;
    }
    held.add(text);
    length += text.length();
    depth += depth(bare);
    if (depth <= 0) {
      end();
    } else if (length > LONGEST) {
      giveBack();
    }
  }

  /** The text ends here. */
  public void close() {
    if (!held.isEmpty()) {
      giveBack();
    }
  }

  private static boolean begins(String bare) {
    return bare.equals("{")
        || bare.equals("[")
        || bare.startsWith("{\"")
        || bare.startsWith("{ \"")
        || bare.startsWith("[{")
        || bare.startsWith("[ {");
  }

  private static boolean isWhole(String bare, int depth) {
    return depth == 0
        && bare.length() > 2
        && begins(bare)
        && "}]".indexOf(bare.charAt(bare.length() - 1)) >= 0;
  }

  private static int depth(String text) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '[')) {
        depth++;
      } else if (!quoted && (c == '}' || c == ']')) {
        depth--;
      }
    }
    return depth;
  }

  private void end() {
    List<String> lines = List.copyOf(held);
    held.clear();
    String whole = String.join("\n", lines).strip();
    List<JsonNode> values = new ArrayList<>();
    try (JsonParser parser =
        JSON.createParser(whole.endsWith(",") ? whole.substring(0, whole.length() - 1) : whole)) {
      // Crash reports of Apple have a heading of their own before the report.
      for (JsonNode value = JSON.readTree(parser); value != null; value = JSON.readTree(parser)) {
        values.add(value);
      }
    } catch (IOException e) {
      taker.lines(lines, firstNumber);
      return;
    }
    values.forEach(value -> taker.value(value, lines, firstNumber));
  }

  private void giveBack() {
    List<String> lines = List.copyOf(held);
    held.clear();
    taker.lines(lines, firstNumber);
  }
}
