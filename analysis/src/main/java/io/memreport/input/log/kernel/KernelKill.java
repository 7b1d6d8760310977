// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.line.LogLine;
import io.memreport.input.log.line.Quotation;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that names a victim: {@code __oom_kill_process} in mm/oom_kill.c. The order and the
 * number of its fields differ by version and vendor, and readers cut its end off.
 */
record KernelKill(Victim victim) {
  private static final String WORDS = "Killed process ";
  private static final List<String> BEGINNINGS =
      List.of("Memory cgroup out of memory", "Out of memory", "Out of Memory");

  /** One of them stands behind the name, except in the oldest kernels. */
  private static final List<String> FIELDS = List.of("total-vm", "anon-rss", "vsz:");

  /** Some translate the names of the fields too: those with rss come in the kernel's order. */
  private static final Pattern SIZES =
      Pattern.compile(
          "(\\d{1,10}) ?\\((.{1,100}?)\\)[^()\\d]{0,60}(\\d{1,15}) ?kB[^\\d]{1,30}rss ?: ?(\\d{1,15})"
              + " ?kB[^\\d]{1,30}rss ?: ?(\\d{1,15}) ?kB");

  private static final Pattern NAMED = Pattern.compile("(\\d{1,10}) ?\\((.{1,100})\\)[^()]{0,40}$");

  /** What tests print of the text that they expect or got, and code that has it as a literal. */
  private static final Pattern TESTED =
      Pattern.compile(
          "^E |^(?:#|//|\\*)$|<$|\\w\\( ?[\"'`]$|\\b(?:assert|[Ee]xpected|[Aa]ctual)\\b[^:]{0,60}");

  private static final Pattern OF_CODE = Pattern.compile("[\"'`]\\)*;$");

  /** Reads a line; null if it names no victim. */
  static KernelKill of(LogLine line) {
    int at = line.text().indexOf(WORDS);
    if (at < 0) {
      return translated(line);
    }
    Long pid = LogLine.numberAt(line.text(), at + WORDS.length());
    return pid == null || isOthers(line, at)
        ? null
        : of(line, pid, name(line.text().substring(at + WORDS.length())));
  }

  /** Supervisors say that they killed processes too, and manuals quote what the kernel says. */
  private static boolean isOthers(LogLine line, int at) {
    boolean fields = FIELDS.stream().anyMatch(line::has);
    if (line.time() != null) {
      return !fields && !line.has("ut of memory") && !line.has("ut of Memory");
    }
    int start = Math.max(0, beginning(line.text(), at));
    String before = line.text().substring(0, start).stripTrailing();
    return Quotation.isOpened(before)
        || TESTED.matcher(before).find()
        || OF_CODE.matcher(line.text()).find()
        || !fields && start > 0;
  }

  /** Where the kernel's own words begin. */
  private static int beginning(String text, int killed) {
    for (String words : BEGINNINGS) {
      int start = text.lastIndexOf(words, killed);
      if (start >= 0) {
        return start;
      }
    }
    return killed;
  }

  /** Translators leave the fields alone: {@code … 30 (java) … total-vm:1kB, anon-rss:1kB}. */
  private static KernelKill translated(LogLine line) {
    if (line.has("reaper")) {
      return null;
    }
    if (!line.has("total-vm:") || !line.has("anon-rss:")) {
      return sizes(line);
    }
    Matcher named = NAMED.matcher(line.before("total-vm:"));
    return named.find() ? of(line, Long.valueOf(named.group(1)), named.group(2)) : null;
  }

  private static KernelKill sizes(LogLine line) {
    Matcher found = SIZES.matcher(line.text());
    if (!line.has("kB") || !line.has("rss") || !found.find()) {
      return null;
    }
    long anon = Long.parseLong(found.group(4)) << 10;
    long file = Long.parseLong(found.group(5)) << 10;
    return new KernelKill(
        new Victim(
            Long.valueOf(found.group(1)),
            found.group(2),
            false,
            null,
            anon + file,
            anon,
            file,
            null,
            null,
            null,
            Long.parseLong(found.group(3)) << 10,
            null));
  }

  private static KernelKill of(LogLine line, Long pid, String name) {
    Long anon = line.kilobytes("anon-rss:");
    Long file = line.kilobytes("file-rss:");
    Long shmem = line.kilobytes("shmem-rss:");
    Long uid = line.number("UID:");
    return new KernelKill(
        new Victim(
            pid,
            name,
            false,
            uid == null ? line.number("UID ") : uid,
            sum(line, anon, file, shmem),
            anon,
            file,
            shmem,
            null,
            line.kilobytes("pgtables:"),
            line.kilobytes("total-vm:"),
            line.number("oom_score_adj:")));
  }

  /** Before 4.5 shared memory was a part of file-rss; a field that is cut off makes it unknown. */
  private static Long sum(LogLine line, Long anon, Long file, Long shmem) {
    boolean cut = line.has("shmem-") && shmem == null;
    return anon == null || file == null || cut
        ? null
        : Long.valueOf(anon + file + (shmem == null ? 0 : shmem));
  }

  /** A name may hold spaces and parentheses: it ends before the last one that fields follow. */
  private static String name(String afterWords) {
    int open = afterWords.indexOf('(');
    if (open < 0) {
      return null;
    }
    int fields = afterWords.indexOf("total-vm", open);
    String upToFields = fields < 0 ? afterWords : afterWords.substring(0, fields);
    int close = upToFields.lastIndexOf(')');
    return close > open
        ? upToFields.substring(open + 1, close)
        : upToFields.substring(open + 1).strip();
  }

  /** Whether the line ends in the middle of its fields. */
  static boolean isCut(String text) {
    return text.contains(WORDS)
        && !text.contains("oom_score_adj:")
        && !text.endsWith("kB")
        && !text.endsWith("kB,");
  }
}
