// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.model.log.Refused;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How programs that are no JVM say that they got no memory: they say it of themselves, so that each
 * message stands where a message begins, and not within quotes.
 *
 * @param keyword stands in each such line
 * @param pattern its groups: {@code asked}, {@code limit} and {@code used} are bytes or sizes,
 *     {@code pid} is the process
 */
record RefusedProgram(Refused who, String keyword, Pattern pattern) {
  /** The beginning of a message: of the line, or behind what a logger writes. */
  private static final String BEGIN = "(?:^|^#\\d{1,4} [\\d.]{1,12} |[^\"'`<(\\w] |[\\])|] ?|: )";

  static final List<RefusedProgram> ALL =
      List.of(
          row(
              Refused.NODE,
              "JavaScript heap out of memory",
              BEGIN + "FATAL ERROR: [^\"'`]{1,120} - JavaScript heap out of memory\\b"),
          row(
              Refused.GO,
              "fatal error: ",
              BEGIN
                  + "fatal error: (?:runtime: )?(?:out of memory|cannot allocate memory)(?: \\(.{0,80}\\))?$"),
          row(
              Refused.GO,
              "out of memory: cannot allocate ",
              BEGIN
                  + "runtime: out of memory: cannot allocate (?<asked>\\d{1,15})-byte block"
                  + " \\((?<used>\\d{1,15}) in use\\)"),
          row(
              Refused.INNODB,
              "bytes) failed; errno 12",
              "InnoDB: mmap\\((?<asked>\\d{1,15}) bytes\\) failed; errno 12\\b"),
          row(
              Refused.INNODB,
              "annot allocate memory for the buffer pool",
              "InnoDB: (?:Fatal error: )?[Cc]annot allocate memory for the buffer pool"),
          row(
              Refused.REDIS,
              "Can't save in background",
              "\\S # Can't save in background: fork: Cannot allocate memory$"),
          row(
              Refused.POSTGRESQL,
              "Failed on request of size",
              "DETAIL: +Failed on request of size (?<asked>\\d{1,15})"),
          row(
              Refused.PHP,
              "Allowed memory size of",
              "(?:^|[^\"'`]) ?(?:PHP )?Fatal error: +Allowed memory size of (?<limit>\\d{1,15}) bytes"
                  + " exhausted \\(tried to allocate (?<asked>\\d{1,15}) bytes\\)"),
          row(
              Refused.PYTHON,
              "MemoryError: Unable to allocate",
              "^(?:E +)?(?:[\\w.]{1,80}\\.)?_?(?:Array)?MemoryError: Unable to allocate"
                  + " (?<asked>[\\d.]{1,12} [KMGT]iB)\\b"),
          row(Refused.RUBY, "(NoMemoryError)", "failed to allocate memory \\(NoMemoryError\\)"),
          row(
              Refused.DOTNET,
              "System.OutOfMemoryException",
              "(?:^|Unhandled [Ee]xception[.:] )System\\.OutOfMemoryException: "),
          row(
              Refused.CPP,
              "std::bad_alloc",
              "^terminate called after throwing an instance of 'std::bad_alloc'"),
          row(
              Refused.ERLANG,
              "eheap_alloc: ",
              BEGIN + "eheap_alloc: Cannot (?:re)?allocate (?<asked>\\d{1,15}) bytes of memory"),
          row(
              Refused.JVM_CHILD,
              "error=12, ",
              "IOException: (?:Cannot run program \"[^\"]{1,200}\".{0,200}: )?(?:java\\.io\\.IOException: )?"
                  + "error=12, (?:Cannot allocate memory|Not enough space)"),
          row(
              Refused.SHELL_CHILD,
              ": fork: ",
              "^-?(?:[\\w./-]{0,80}: (?:line \\d{1,9}: )?|bash: )fork: (?:retry: )?Cannot allocate memory$"));

  private static RefusedProgram row(Refused who, String keyword, String pattern) {
    return new RefusedProgram(who, keyword, Pattern.compile(pattern));
  }

  boolean hasGroup(String name) {
    return pattern.pattern().contains("(?<" + name + ">");
  }
}
