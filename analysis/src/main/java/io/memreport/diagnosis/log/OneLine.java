// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.diagnosis.words.Names;
import java.util.List;
import java.util.regex.Pattern;

/** Shortens a headline to a line: what is left out of it stands first among the reasons. */
final class OneLine {
  private static final int LONGEST = 90;

  /** What goes first goes first: clauses behind, calls, paths, sizes, causes. */
  private static final List<Pattern> PARTS =
      List.of(
          Pattern.compile("; [^;]*(?=\\.$)"),
          Pattern.compile(" (?:with status \\d{1,3}|\\(SIGTERM, status 143\\))(?= after )"),
          Pattern.compile(" \\([a-z_ ]+(?: of [^()]*)? failed\\)"),
          Pattern.compile(": its pages for segments.*(?=\\.$)"),
          Pattern.compile(" of the machine(?= are taken)"),
          Pattern.compile(" \\(shared-memory id \\d+\\)"),
          Pattern.compile("(?<=because )the cgroup \\S+"),
          Pattern.compile(", this text does not say which(?=\\.$)"),
          Pattern.compile(": more than .*(?=\\.$)"),
          Pattern.compile(" with [\\d.]+ \\w+(?: in memory and [\\d.]+ \\w+ in swap)?(?=,| and )"),
          Pattern.compile(", because its cgroup had reached its"),
          Pattern.compile(" \\(pid \\d+\\)(?= and \\d)"),
          Pattern.compile(",? because .*(?=\\.$)"));

  private static final List<String> INSTEAD =
      List.of("", "", "", "", "", "", "its cgroup", "", "", "", ", at its cgroup's", "", "");

  private OneLine() {}

  static String of(String sentence) {
    return of(sentence, "");
  }

  /** The same with words behind it that stay. */
  static String of(String sentence, String behind) {
    int room = LONGEST - behind.length();
    String line = sentence;
    for (int i = 0; i < PARTS.size() && line.length() > room; i++) {
      line = PARTS.get(i).matcher(line).replaceAll(INSTEAD.get(i));
    }
    return line.length() > room ? Names.shown(line, room - 1) + behind : line + behind;
  }
}
