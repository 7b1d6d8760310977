// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import java.util.regex.Pattern;

/** Tells an error that happened from a text that speaks of it: a manual, a comment, advice. */
public final class Quotation {
  private static final Pattern COMMENT = Pattern.compile("(?:# |//|\\* |- |--|<!--|\\|)");
  private static final Pattern SENTENCE =
      Pattern.compile("(?:^|[\\s,])[a-z]{2,} [a-z]{2,} (?:(?:FATAL|ERROR|PANIC|WARNING|LOG): +)?$");
  private static final Pattern END =
      Pattern.compile(
          "[;,\"'\\\\)\\]}<|]|\\.?$|: ['\"/(]| [(\\[{@]| (?:at|on|in) [\\w/(]| (?:DETAIL|HINT|Detail|Hint"
              + "|Where|WHERE|Position|Query|Call Stack|Location)\\b");
  private static final Pattern PID = Pattern.compile("\\[\\d{1,10}\\]");

  private boolean listing;

  /** Takes each line: manuals in DocBook and its HTML have listings of several lines. */
  public void look(LogLine line) {
    if (line.has("<screen>") || line.has("class=\"screen\"") || line.has("<programlisting")) {
      listing = true;
    }
    if (line.has("</screen>") || line.has("</pre>") || line.has("</programlisting>")) {
      listing = false;
    }
  }

  /** Whether the line only quotes what stands there. */
  public boolean is(LogLine line, int start, int end) {
    String before = line.text().substring(0, start);
    if (line.time() != null || PID.matcher(before).find()) {
      return false;
    }
    return listing
        || COMMENT.matcher(before).lookingAt()
        || isOpened(before.stripTrailing())
        || isOpened(before.replaceFirst("(?:FATAL|ERROR|PANIC|WARNING|LOG): +$", ""))
        || SENTENCE.matcher(before).find()
        || !END.matcher(line.text().substring(end)).lookingAt();
  }

  /** Quotes behind an equals sign or a colon are those of a field. */
  public static boolean isOpened(String before) {
    int at = before.length() - 1;
    if (at < 0 || "\"'`“„«‘".indexOf(before.charAt(at)) < 0) {
      return false;
    }
    char quote = before.charAt(at);
    if (before.endsWith("=>" + quote)) {
      // A field as Ruby shows it.
      return false;
    }
    do {
      at--;
    } while (at >= 0 && before.charAt(at) == '\\');
    while (at >= 0 && (before.charAt(at) == ' ' || at > 0 && before.charAt(at) == 'b')) {
      // Python writes bytes as b'…'.
      at--;
    }
    return quote == '`' || at < 0 || "=:,([".indexOf(before.charAt(at)) < 0;
  }
}
