// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Methods that are spans without a change of code: {@code com.acme.Jobs#run*}, several separated by
 * semicolons. A star stands for any characters; a class begins with a letter.
 *
 * @param methods a regular expression for the names of classes, and one for those of methods
 */
record SpanMethods(List<Map.Entry<String, String>> methods) {
  private static final Pattern FORM =
      Pattern.compile("([\\p{L}_][\\w$.*\\p{L}]*)#([\\w$*\\p{L}]+)");

  /**
   * @throws IllegalArgumentException if it can't be understood
   */
  static SpanMethods parse(String text) {
    return new SpanMethods(
        Stream.of(text.split(";"))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .map(SpanMethods::one)
            .toList());
  }

  private static Map.Entry<String, String> one(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    return Map.entry(regex(parts.group(1)), regex(parts.group(2)));
  }

  private static String regex(String name) {
    return Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
  }

  /** What the names of such classes match; null if there are none. */
  Pattern classes() {
    return methods.isEmpty()
        ? null
        : Pattern.compile(methods.stream().map(Map.Entry::getKey).collect(Collectors.joining("|")));
  }
}
