// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.SharedMemoryDraft;
import io.memreport.input.log.line.LogLine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Oracle gives the error of shmget on a line of its own, behind ORA-27102 (out of memory) or
 * ORA-27125 (unable to create shared memory segment).
 */
final class OracleErrors {
  private static final Pattern SYSTEM =
      Pattern.compile("\\b(?:Linux|IBM AIX|Solaris|HPUX|Darwin)[\\w -]{0,30} Error: \\d{1,3}: ");
  private static final int WITHIN_LINES = 3;

  private long told = -WITHIN_LINES;

  /** What the line adds to an error that stands close before it, or null. */
  SharedMemoryMention in(LogLine line) {
    if (line.has("ORA-27102") || line.has("ORA-27125")) {
      told = line.number();
      return null;
    }
    Matcher system = SYSTEM.matcher(line.text());
    if (line.number() - told > WITHIN_LINES || !system.find()) {
      return null;
    }
    SystemError error = SystemError.at(line.text(), system.end());
    return error == null
        ? null
        : new SharedMemoryMention(
            system.start(), error.end(), new SharedMemoryDraft("Oracle", "shmget", error.name()));
  }

  /** Whether the line behind is wanted. */
  boolean isOpen(long lineNumber) {
    return lineNumber - told < WITHIN_LINES;
  }
}
