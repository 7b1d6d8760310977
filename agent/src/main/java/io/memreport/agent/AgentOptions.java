// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import io.memreport.recorder.run.Settings;
import io.memreport.recorder.run.Settings.Natives;
import io.memreport.recorder.text.Watch;
import io.memreport.recorder.text.Watch.Leaks;
import io.memreport.recorder.text.Watch.SqlText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The agent's options: {@code key=value} pairs in its argument, before system properties {@code
 * memreport.key}, before the environment's {@code MEMREPORT_KEY}, before the defaults. What can't
 * be understood is a warning, and its default holds.
 *
 * @param settings what holds
 * @param spans methods that are spans
 * @param warnings a line for each option that was not understood
 */
record AgentOptions(Settings settings, SpanMethods spans, List<String> warnings) {

  static AgentOptions parse(String argument, Properties properties, Map<String, String> env) {
    return new Parser(argument, properties, env).options();
  }

  /** Reads one option after another; each knows its key and default only here. */
  private static final class Parser {
    private static final long LEAST_INTERVAL = 16 << 10;
    private static final long MOST_INTERVAL = 1 << 30;

    private final Map<String, String> argument = new LinkedHashMap<>();
    private final Properties properties;
    private final Map<String, String> env;
    private final List<String> warnings = new ArrayList<>();
    private final StringBuilder rendered = new StringBuilder();

    Parser(String argument, Properties properties, Map<String, String> env) {
      this.properties = properties;
      this.env = env;
      for (String pair : argument == null ? new String[0] : argument.split(",")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          this.argument.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        } else if (!pair.isBlank()) {
          warnings.add("option '" + pair + "' is not of the form key=value and is ignored");
        }
      }
    }

    AgentOptions options() {
      Path out = read("out", "memreport-out", Path::of);
      long sampleMillis = read("sample", "50ms", Parser::millis);
      long queryThreshold = read("query-threshold", "10ms", Parser::nanos);
      long retainedThreshold = read("retained-threshold", "64k", Parser::bytes);
      SqlText sql = read("sql", "fingerprint", text -> constant(SqlText.class, text));
      Natives natives = read("native", "sqlite", text -> constant(Natives.class, text));
      boolean heap = read("heap", "thread", Parser::heap);
      Leaks leaks = read("leaks", "samples", text -> constant(Leaks.class, text));
      SpanMethods spans = read("span", "", SpanMethods::parse);
      long heapSample = read("heap-sample", "512k", Parser::interval);
      Path jfc = read("settings", "", text -> text.isEmpty() ? null : Path.of(text));
      for (String key : argument.keySet()) {
        warnings.add("there is no option '" + key + "', it is ignored");
      }
      Watch watch = new Watch(queryThreshold, retainedThreshold, sql, heap, leaks);
      return new AgentOptions(
          new Settings(out, sampleMillis, watch, natives, heapSample, jfc, rendered.toString()),
          spans,
          warnings);
    }

    private <T> T read(String key, String byDefault, Reader<T> reader) {
      String value = argument.remove(key);
      if (value == null) {
        value = properties.getProperty("memreport." + key);
      }
      if (value == null) {
        value = env.get("MEMREPORT_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
      }
      try {
        T read = reader.read(value == null ? byDefault : value);
        render(key, value == null ? byDefault : value);
        return read;
      } catch (IllegalArgumentException e) {
        warnings.add("option " + key + "=" + value + " is not understood, " + byDefault + " holds");
        render(key, byDefault);
        return reader.read(byDefault);
      }
    }

    private void render(String key, String value) {
      if (!value.isEmpty()) {
        rendered.append(rendered.isEmpty() ? "" : ",").append(key).append('=').append(value);
      }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    private static boolean heap(String text) {
      return switch (text) {
        case "thread" -> true;
        case "off" -> false;
        default -> throw new IllegalArgumentException(text);
      };
    }

    /** A period, at least a millisecond. */
    private static long millis(String text) {
      long millis = nanos(text) / 1_000_000;
      if (millis == 0) {
        throw new IllegalArgumentException(text);
      }
      return millis;
    }

    /** A duration with its unit: {@code 50ms}, {@code 2s}. */
    private static long nanos(String text) {
      if (text.endsWith("ms")) {
        return number(text, 2) * 1_000_000;
      }
      if (text.endsWith("us")) {
        return number(text, 2) * 1_000;
      }
      if (text.endsWith("s")) {
        return number(text, 1) * 1_000_000_000;
      }
      throw new IllegalArgumentException(text);
    }

    /** A size in bytes, or with a unit: {@code 64k}, {@code 1m}, {@code 2g}. */
    private static long bytes(String text) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException(text);
      }
      return switch (Character.toLowerCase(text.charAt(text.length() - 1))) {
        case 'k' -> number(text, 1) << 10;
        case 'm' -> number(text, 1) << 20;
        case 'g' -> number(text, 1) << 30;
        default -> number(text, 0);
      };
    }

    /** Of samples: below it they would cost what they should explain. */
    private static long interval(String text) {
      if (text.equals("off")) {
        return 0;
      }
      long bytes = bytes(text);
      if (bytes < LEAST_INTERVAL || bytes > MOST_INTERVAL) {
        throw new IllegalArgumentException(text);
      }
      return bytes;
    }

    private static long number(String text, int unitLength) {
      long number = Long.parseLong(text.substring(0, text.length() - unitLength));
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(text);
      }
      return number;
    }
  }

  /** Reads a value; {@link InvalidPathException} is an {@link IllegalArgumentException} too. */
  private interface Reader<T> {
    T read(String text);
  }
}
