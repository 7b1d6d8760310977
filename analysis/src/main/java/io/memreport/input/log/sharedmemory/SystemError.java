// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error of a system call as texts write it: the words of strerror(3) in glibc, musl and macOS,
 * or a number that means the same on Linux and macOS.
 *
 * @param name as in {@code ENOSPC}
 * @param start where its words begin
 * @param end where they end
 */
record SystemError(String name, int start, int end) {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("no space left on device", "ENOSPC"),
          Map.entry("cannot allocate memory", "ENOMEM"),
          Map.entry("out of memory", "ENOMEM"),
          Map.entry("invalid argument", "EINVAL"),
          Map.entry("file exists", "EEXIST"),
          Map.entry("operation not permitted", "EPERM"),
          Map.entry("permission denied", "EACCES"),
          Map.entry("too many open files in system", "ENFILE"),
          Map.entry("too many open files", "EMFILE"),
          Map.entry("no file descriptors available", "EMFILE"),
          Map.entry("function not implemented", "ENOSYS"),
          Map.entry("no such file or directory", "ENOENT"));

  private static final Map<String, String> NUMBERS =
      Map.of(
          "1", "EPERM", "2", "ENOENT", "12", "ENOMEM", "13", "EACCES", "17", "EEXIST", "22",
          "EINVAL", "23", "ENFILE", "24", "EMFILE", "28", "ENOSPC");

  private static final Pattern ANY =
      Pattern.compile(
          "(?<words>(?i:No space left on device|Cannot allocate memory|Out of memory|Invalid argument"
              + "|File exists|Operation not permitted|Permission denied"
              + "|Too many open files(?: in system)?|No file descriptors available"
              + "|Function not implemented|No such file or directory))"
              + "|\\b(?:errno|error|Error|status)[ :=#]{0,3}(?<number>\\d{1,3})\\b"
              + "|(?:[=:(\\[] ?|= -1 )(?<name>ENOSPC|ENOMEM|EINVAL|EEXIST|EPERM|EACCES|ENFILE|EMFILE"
              + "|ENOSYS)\\b");

  /** The error that is named first in that part of a text, or null. */
  static SystemError in(String text, int from, int to) {
    Matcher found = ANY.matcher(text).region(from, to);
    if (!found.find()) {
      return null;
    }
    String name = found.group("name");
    if (found.group("words") != null) {
      name = WORDS.get(found.group("words").toLowerCase(Locale.ROOT));
    } else if (found.group("number") != null) {
      name = NUMBERS.get(found.group("number"));
    }
    return name == null ? null : new SystemError(name, found.start(), found.end());
  }

  /** The error whose words begin there, or null. */
  static SystemError at(String text, int from) {
    SystemError found = in(text, from, text.length());
    return found != null && found.start() == from ? found : null;
  }
}
