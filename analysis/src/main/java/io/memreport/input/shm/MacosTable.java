// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.model.shm.SysvShm;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What macOS's {@code ipcs -m -a} and {@code ipcs -M} print. A line of the first has the columns T
 * ID KEY MODE OWNER GROUP CREATOR CGROUP NATTCH SEGSZ CPID LPID ATIME DTIME CTIME.
 */
final class MacosTable {
  /** {@code shmall} counts these, whatever the machine's pages are: XNU's PGSHIFT. */
  static final long PAGE_BYTES = 4096;

  private static final String NEVER = "no-entry";
  private static final int COLUMNS = 15;
  private static final int CUT_NAME = 8;
  private static final long DAY = 24 * 60 * 60;

  /** So near to a day, a time may as well lie a little in the future. */
  private static final long FUTURE = 10 * 60;

  private MacosTable() {}

  /**
   * Reads the segments.
   *
   * @param user whose command this is
   * @param now the time of day in the zone that ipcs prints
   * @throws IOException if it is no such table
   */
  static List<SysvShm> parse(String text, String user, LocalTime now) throws IOException {
    List<SysvShm> segments = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] fields = line.strip().split("\\s+");
      if (!fields[0].equals("m")) {
        continue;
      }
      try {
        segments.add(of(fields, user, now));
      } catch (NumberFormatException | DateTimeException | IndexOutOfBoundsException e) {
        throw new IOException(
            "ipcs -m -a: printed what is no line of its table: " + line.strip(), e);
      }
    }
    if (segments.isEmpty() && !text.contains("Shared Memory")) {
      throw new IOException("ipcs -m -a: printed no table of shared memory: " + text.strip());
    }
    return segments;
  }

  private static SysvShm of(String[] fields, String user, LocalTime now) {
    if (fields.length != COLUMNS) {
      throw new IndexOutOfBoundsException(fields.length);
    }
    return new SysvShm(
        Integer.parseInt(fields[1]),
        (int) Long.parseLong(fields[2].replaceFirst("^0x", ""), 16),
        mode(fields[3]),
        Long.parseLong(fields[9]),
        isUser(fields[4], user, isUser(fields[6], user, true)),
        null,
        fields[4],
        Long.valueOf(fields[10]),
        Long.valueOf(fields[11]),
        Long.parseLong(fields[8]),
        never(fields[12]),
        never(fields[13]),
        null,
        null,
        latest(since(fields[14], now), since(fields[12], now), since(fields[13], now)),
        fields[3].startsWith("D"));
  }

  /** In octal, as on Linux: {@code --rw-------} is 600. */
  private static String mode(String letters) {
    int bits = 0;
    for (int i = 2; i < 11; i++) {
      bits = bits << 1 | (letters.charAt(i) == '-' ? 0 : 1);
    }
    return String.format("%03o", bits);
  }

  /** Null if the name may have been cut. */
  private static Boolean isUser(String name, String user, Boolean also) {
    if (name.equals(user)) {
      return also;
    }
    return name.length() >= CUT_NAME && user.startsWith(name) ? null : Boolean.FALSE;
  }

  /** The least number of seconds since a time of day; null if there was none, or it is too near. */
  private static Long since(String time, LocalTime now) {
    if (time.equals(NEVER)) {
      return Long.MAX_VALUE;
    }
    String[] parts = time.split(":");
    LocalTime then =
        LocalTime.of(
            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    long seconds = Math.floorMod(now.toSecondOfDay() - (long) then.toSecondOfDay(), DAY);
    return seconds > DAY - FUTURE ? null : Long.valueOf(seconds);
  }

  /** Of a time without its day nothing else is known. */
  private static Long never(String time) {
    return time.equals(NEVER) ? 0L : null;
  }

  private static Long latest(Long... times) {
    long least = Long.MAX_VALUE;
    for (Long time : times) {
      if (time == null) {
        return null;
      }
      least = Math.min(least, time);
    }
    return least == Long.MAX_VALUE ? null : Long.valueOf(least);
  }

  /** A limit as {@code ipcs -M} or {@code sysctl kern.sysv} prints it, or null. */
  static Long limit(String text, String name) {
    Matcher line =
        Pattern.compile(
                "(?m)^\\s*(?:kern\\.sysv\\.)?" + Pattern.quote(name) + ":\\s*(\\d{1,18})\\b")
            .matcher(text);
    return line.find() ? Long.valueOf(line.group(1)) : null;
  }
}
