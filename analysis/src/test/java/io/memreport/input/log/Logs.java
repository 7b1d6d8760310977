// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogReading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Reads texts as logs, on a day and in a zone of their own. */
public final class Logs {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private Logs() {}

  public static List<LogEvent> events(String... logs) {
    LogReader reader = new LogReader(NOW, ZoneOffset.UTC);
    for (int i = 0; i < logs.length; i++) {
      read(reader, logs[i].getBytes(StandardCharsets.UTF_8), "log " + (i + 1));
    }
    return reader.result().events();
  }

  public static LogReading reading(byte[] log) {
    LogReader reader = new LogReader(NOW, ZoneOffset.UTC);
    read(reader, log, "log");
    return reader.result();
  }

  private static void read(LogReader reader, byte[] log, String name) {
    try {
      reader.read(new ByteArrayInputStream(log), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only event of a log. */
  public static LogEvent only(String log) {
    List<LogEvent> events = events(log);
    if (events.size() != 1) {
      throw new AssertionError(events.size() + " events: " + events);
    }
    return events.get(0);
  }
}
