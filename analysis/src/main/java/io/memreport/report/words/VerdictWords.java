// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.log.Killer;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Measured;
import io.memreport.model.verdict.VerdictKind;
import java.util.stream.Stream;

/** What the codes of a verdict are called on screen, the same in each format. */
public final class VerdictWords {
  /** No name of a class, which headlines leave out, is longer. */
  private static final int CLASS = 120;

  private VerdictWords() {}

  /** Evidence often begins with whose it is, which the headline has said: what follows that. */
  public static String behind(String headline, String evidence) {
    String said = headline.replaceFirst("(?: \\(\\+\\d+ more\\))?\\.?$", "") + ": ";
    int at = evidence.indexOf(said);
    return at >= 0 && at < CLASS ? evidence.substring(at + said.length()) : evidence;
  }

  /** How it ended, in one to three words. */
  public static String state(VerdictKind kind) {
    return switch (kind) {
      case CLEAN -> "Clean";
      case LEAK -> "Leak";
      case OOM_KILL -> "Killed for memory";
      case JAVA_OOM -> "Out of Java memory";
      case JVM_ABORT -> "JVM crashed";
      case KILLED -> "Killed";
      case SHM_EXHAUSTED -> "Out of shared memory";
      case RUNNING -> "Still running";
      case UNKNOWN -> "Unclear";
    };
  }

  /**
   * Who killed it, as {@code by the kernel, at the limit of its cgroup}; empty for nobody known.
   */
  public static String by(String killer) {
    if (killer == null || killer.isEmpty()) {
      return "";
    }
    return Stream.of(Killer.values())
        .filter(one -> one.label().equals(killer))
        .findFirst()
        .map(one -> "by " + KillerName.of(one))
        .orElse("by " + killer);
  }

  /** What held the memory; empty if nothing is said. */
  public static String cause(Cause cause) {
    return switch (cause) {
      case SQLITE_PAGE_CACHE -> "SQLite page cache";
      case SQLITE_SORT -> "SQLite sort";
      case SQLITE_STATEMENTS -> "SQLite statements";
      case SQLITE_MEMORY_DB -> "SQLite in-memory database";
      case SQLITE_WAL -> "SQLite write-ahead log";
      case JAVA_HEAP -> "Java heap";
      case DIRECT_BUFFERS -> "direct buffers";
      case THREADS -> "threads";
      case METASPACE -> "metaspace";
      case CHILD_PROCESSES -> "child processes";
      case PARALLEL_FORKS -> "parallel forks";
      case SHARED_MEMORY -> "shared memory";
      case NATIVE_OTHER -> "native memory";
      case OTHER_PROCESS -> "another process";
      case NONE, UNKNOWN -> "";
    };
  }

  /** What bytes beside a name are, as {@code 195 MiB held}. */
  public static String measure(Measured measure) {
    return measure == null
        ? ""
        : switch (measure) {
          case PEAK -> "at its peak";
          case RETAINED -> "left behind";
          case ALLOCATED -> "allocated";
          case HELD -> "held";
        };
  }
}
