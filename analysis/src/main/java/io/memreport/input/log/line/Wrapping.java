// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a line out of the fields of the journal's verbose and export forms, and out of a table. */
public final class Wrapping {
  /** Lines that it needs hold one of these. */
  public static final List<String> KEYWORDS =
      List.of("__REALTIME_TIMESTAMP=", " [s=", "MESSAGE_ID=", "UNIT=", "MESSAGE=");

  private static final Pattern HEADING =
      Pattern.compile(
          "\\S{2,12} (\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? \\S{1,6}) \\[s=.*");
  private static final Pattern STAMP = Pattern.compile("__REALTIME_TIMESTAMP=(\\d{16})");
  private static final Pattern TABLE =
      Pattern.compile(
          "(?:\"|\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]{5,18}(?:Z|[+-]\\d\\d:?\\d\\d)?,(?!\\d{3,6}\\b)).*");
  private static final Pattern FIELD =
      Pattern.compile("(?:\"((?:[^\"]|\"\")*+)\"|([^\",]*+))(?:,|$)");
  private static final int MOST_FIELDS = 60;

  /** A field of YAML. */
  private static final Pattern YAML =
      Pattern.compile("(?:MESSAGE|message|textPayload): (?:'(.*?)'?|\"(.*?)\"?|(\\S.*))");

  private String time;
  private String id;
  private String unit;

  /** The line without what is around it. */
  public Entry unwrapped(String text) {
    String bare = text.strip();
    Matcher stamp = STAMP.matcher(bare);
    if (stamp.matches()) {
      begin(Entry.epoch(stamp.group(1)));
    }
    Matcher heading = HEADING.matcher(bare);
    if (heading.matches()) {
      begin(heading.group(1));
    }
    if (bare.startsWith("MESSAGE=")) {
      return new Entry(time, bare.substring("MESSAGE=".length()));
    }
    if (bare.isEmpty()) {
      begin(null);
    }
    String told = field(bare);
    if (told != null) {
      return new Entry(time, told);
    }
    Matcher yaml = YAML.matcher(bare);
    if (yaml.matches()) {
      for (int group = 1; group <= yaml.groupCount(); group++) {
        if (yaml.group(group) != null) {
          return new Entry(null, yaml.group(group).replace("''", "'"));
        }
      }
    }
    // Source code is indented, and ends such a line with a comma.
    boolean table = text.startsWith(bare) && !bare.endsWith(",") && TABLE.matcher(bare).matches();
    Entry row = table ? row(bare) : null;
    return row == null ? new Entry(null, text) : row;
  }

  private void begin(String stamp) {
    time = stamp;
    id = null;
    unit = null;
  }

  /** What the id of a message and its unit say together, as soon as both are there; or null. */
  private String field(String bare) {
    if (bare.startsWith("MESSAGE_ID=")) {
      id = bare.substring("MESSAGE_ID=".length());
    } else if (bare.startsWith("UNIT=") || bare.startsWith("USER_UNIT=")) {
      unit = bare.substring(bare.indexOf('=') + 1);
    } else {
      return null;
    }
    return JournalMessages.words(id, unit);
  }

  /** The longest field of a row of CSV is the message, an earlier one the time. */
  private static Entry row(String text) {
    List<String> fields = new ArrayList<>();
    Matcher field = FIELD.matcher(text);
    int at = 0;
    while (at < text.length() && fields.size() < MOST_FIELDS) {
      if (!field.region(at, text.length()).lookingAt()) {
        return null;
      }
      fields.add(field.group(1) == null ? field.group(2) : field.group(1).replace("\"\"", "\""));
      at = field.end();
    }
    if (fields.size() < 2 || at < text.length()) {
      return null;
    }
    String message = fields.get(0);
    String when = null;
    for (String one : fields) {
      message = one.length() > message.length() ? one : message;
      when = when == null && Timestamps.ISO.matcher(one).lookingAt() ? one : when;
    }
    return new Entry(when, message);
  }
}
