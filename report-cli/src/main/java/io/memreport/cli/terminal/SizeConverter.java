// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A size such as {@code 512g}, {@code 40 GiB} or {@code 1.5t}, in bytes: units are powers of 1024.
 */
public final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)\\s*([kmgt]?)(?:i?b)?");
  private static final String UNITS = "kmgt";
  private static final int STEP = 10;

  @Override
  public Long convert(String value) {
    Matcher size = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new TypeConversionException("'" + value + "' is no size such as 512g or 400m");
    }
    int power = size.group(2).isEmpty() ? 0 : STEP * (1 + UNITS.indexOf(size.group(2)));
    double bytes = Double.parseDouble(size.group(1)) * Math.pow(2, power);
    if (bytes < 1 || bytes > Long.MAX_VALUE / 4.0) {
      throw new TypeConversionException("'" + value + "' is no size that a machine can have");
    }
    return (long) bytes;
  }
}
