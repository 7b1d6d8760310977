// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

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
 * @param pattern its groups {@code limit}, {@code used}, {@code pid}, {@code name}, {@code cgroup},
 *     {@code status} and {@code reason} are facts; those that end in {@code K} or {@code M} are
 *     counted in KiB or MiB
 * @param note what should be known of it, or null
 */
record Signature(
    Platform platform,
    EventKind kind,
    Killer killer,
    String keyword,
    String what,
    Pattern pattern,
    String note) {

  static Signature kill(
      Platform platform, Killer killer, String keyword, String what, String pattern) {
    return new Signature(
        platform, EventKind.OOM_KILL, killer, keyword, what, Pattern.compile(pattern), null);
  }

  Signature as(EventKind other, String words) {
    return new Signature(platform, other, killer, keyword, what, pattern, words);
  }

  Signature note(String words) {
    return as(kind, words);
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
