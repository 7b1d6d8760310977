// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time such as {@code 30s}, {@code 5m} or {@code 1h30m}, at least a second. */
public final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    try {
      Duration duration = Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
      if (duration.toSeconds() > 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(refusal(value));
    }
    throw new TypeConversionException(refusal(value));
  }

  private static String refusal(String value) {
    return "'" + value + "' is no time such as 30s, 5m or 1h";
  }
}
