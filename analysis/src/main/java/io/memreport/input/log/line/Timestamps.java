// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import io.memreport.model.log.LogTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the times that dmesg, the journal, syslog and build servers put before a line.
 *
 * @param now the latest that a line without a year can be from
 * @param zone of lines that don't name theirs
 */
public record Timestamps(Instant now, ZoneId zone) {
  static final Pattern ISO =
      Pattern.compile(
          "(?:\\p{L}{2,10}\\.?,? )?(\\d{4})-(\\d\\d)-(\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)"
              + "(?:[.,](\\d{1,9}))?( ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d))?(?![\\d:])");

  /** With the month as a word, in the order of ctime(3) or of syslog. */
  static final Pattern WORDS =
      Pattern.compile(
          "(?:[\\p{L}\\p{M}]{1,12}\\.?,? {1,3})?((?:\\d{1,2})?[\\p{L}\\p{M}]{1,12}\\.?) {1,3}(\\d{1,2})"
              + " (?:(\\d{4}) )?(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?(?: (\\d{4})(?!\\S))?");

  /** Android's logcat leaves the year out; Spark and Go write slashes. */
  static final Pattern DIGITS =
      Pattern.compile(
          "(?:(\\d\\d)-(\\d\\d)|(\\d{2}|\\d{4})/(\\d\\d)/(\\d\\d)) (\\d\\d):(\\d\\d):(\\d\\d)"
              + "(?:[.,](\\d{1,9}))?(?= )");

  LogTime digits(Matcher found) {
    boolean dated = found.group(3) != null;
    int year = dated ? number(found, 3) : now.atZone(zone).getYear();
    try {
      LocalDateTime local =
          LocalDateTime.of(
              year < 100 ? 2000 + year : year,
              number(found, dated ? 4 : 1),
              number(found, dated ? 5 : 2),
              number(found, 6),
              number(found, 7),
              number(found, 8),
              nanos(found.group(9)));
      return new LogTime(found.group(), dated ? instant(local) : past(local), null, true);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Instant instant(LocalDateTime local) {
    return local.atZone(zone).toInstant();
  }

  /** A time without a year is the latest one that was. */
  private Instant past(LocalDateTime local) {
    Instant instant = instant(local);
    return instant.isAfter(now.plusSeconds(86_400)) ? instant(local.minusYears(1)) : instant;
  }

  LogTime iso(Matcher found) {
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(found, 1),
              number(found, 2),
              number(found, 3),
              number(found, 4),
              number(found, 5),
              number(found, 6),
              nanos(found.group(7)));
      String offset = found.group(8);
      return offset == null
          ? new LogTime(found.group(), instant(local), null, true)
          : new LogTime(found.group(), local.toInstant(offset(offset.strip())), null, false);
    } catch (DateTimeException e) {
      return new LogTime(found.group(), null, null, false);
    }
  }

  private static ZoneOffset offset(String text) {
    return Character.isLetter(text.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(text);
  }

  /** A time with its month as a word; null if that word is no month. */
  LogTime words(Matcher found) {
    int month = MonthNames.number(found.group(1));
    if (month == 0) {
      return null;
    }
    String year = found.group(3) == null ? found.group(8) : found.group(3);
    try {
      LocalDateTime local =
          LocalDateTime.of(
              year == null ? now.atZone(zone).getYear() : Integer.parseInt(year),
              month,
              number(found, 2),
              number(found, 4),
              number(found, 5),
              number(found, 6),
              nanos(found.group(7)));
      return new LogTime(found.group(), year == null ? past(local) : instant(local), null, true);
    } catch (DateTimeException e) {
      return new LogTime(found.group(), null, null, true);
    }
  }

  private static int number(Matcher found, int group) {
    return Integer.parseInt(found.group(group));
  }

  private static int nanos(String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
  }
}
