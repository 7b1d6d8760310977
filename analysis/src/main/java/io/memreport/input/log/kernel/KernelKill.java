// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.Victim;

/**
 * The line that names a victim: {@code __oom_kill_process} in mm/oom_kill.c. The order and the
 * number of its fields differ by version and vendor, and readers cut its end off.
 */
record KernelKill(Victim victim) {
  private static final String WORDS = "Killed process ";

  /** Reads a line; null if it names no victim. */
  static KernelKill of(LogLine line) {
    int at = line.text().indexOf(WORDS);
    Long pid = at < 0 ? null : LogLine.numberAt(line.text(), at + WORDS.length());
    if (pid == null) {
      return null;
    }
    Long anon = line.kilobytes("anon-rss:");
    Long file = line.kilobytes("file-rss:");
    Long shmem = line.kilobytes("shmem-rss:");
    Long uid = line.number("UID:");
    return new KernelKill(
        new Victim(
            pid,
            name(line.text().substring(at + WORDS.length())),
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
