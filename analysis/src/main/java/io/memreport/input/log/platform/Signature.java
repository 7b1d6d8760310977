// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

import io.memreport.input.log.event.UnknownKills;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message by which a platform tells of memory.
 *
 * @param keyword stands in each such line
 * @param what was exhausted
 * @param pattern its groups {@code limit}, {@code used}, {@code pid}, {@code name}, {@code
 *     container}, {@code status} and {@code reason} are facts; those that end in {@code K} or
 *     {@code M} are counted in KiB or MiB
 * @param note what should be known of it, or null
 * @param worker what the process is called where the text has no name for it but that of group
 *     {@code worker}, or null
 */
record Signature(
    Platform platform,
    EventKind kind,
    Killer killer,
    String keyword,
    String what,
    Pattern pattern,
    String note,
    String worker) {
  private static final String GONE =
      "A worker that is gone without a word was killed, crashed or left by exit: its pool does not know"
          + " which.";

  static Signature kill(
      Platform platform, Killer killer, String keyword, String what, String pattern) {
    return new Signature(
        platform, EventKind.OOM_KILL, killer, keyword, what, Pattern.compile(pattern), null, null);
  }

  Signature as(EventKind other, String words) {
    return new Signature(platform, other, killer, keyword, what, pattern, words, worker);
  }

  /**
   * A kill that the text gives no reason for. A group {@code signal} that matched tells that it was
   * SIGKILL; without one it may have been a crash.
   */
  static Signature killed(Platform platform, String keyword, String pattern, String worker) {
    return new Signature(
        platform,
        EventKind.KILLED,
        Killer.UNKNOWN,
        keyword,
        null,
        Pattern.compile(pattern),
        pattern.contains("(?<term>")
            ? UnknownKills.TERMINATED
            : pattern.contains("(?<signal>") || pattern.contains("(?<status>")
                ? UnknownKills.NOTE
                : GONE,
        worker);
  }

  /** The process is called so, and numbered by the group {@code worker} if there is one. */
  Signature of(String process) {
    return new Signature(platform, kind, killer, keyword, what, pattern, note, process);
  }

  Signature note(String words) {
    return as(kind, words);
  }

  /** The name of the process, or null. */
  String name(Matcher found) {
    String name = group(found, "name");
    if (name != null && kind == EventKind.KILLED) {
      name = program(name);
    }
    if (name == null && worker != null) {
      String numbered = group(found, "worker");
      return numbered == null ? worker : worker + " " + numbered;
    }
    return name;
  }

  /** The name of a command's program; null if a shell's variable hides it. */
  static String program(String command) {
    String name = command.substring(command.lastIndexOf('/') + 1);
    return name.isEmpty() || name.contains("$") || name.contains("=") ? null : name;
  }

  /** What a group of the pattern matched, or null if it has no such group. */
  String group(Matcher found, String name) {
    return pattern.pattern().contains("(?<" + name + ">") ? found.group(name) : null;
  }

  /** A size in bytes, or null. */
  Long bytes(Matcher found, String name) {
    String plain = group(found, name);
    if (plain != null) {
      return Sizes.bytes(plain);
    }
    String kibibytes = group(found, name + "K");
    String mebibytes = group(found, name + "M");
    return kibibytes == null
        ? mebibytes == null ? null : Sizes.bytes(mebibytes + "M")
        : Sizes.bytes(kibibytes + "K");
  }
}
