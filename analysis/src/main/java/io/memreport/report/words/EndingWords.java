// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.Ending;

/** How a run ended, as a reader calls it. */
public final class EndingWords {
  private EndingWords() {}

  public static String of(Ending ending) {
    return switch (ending) {
      case CLEAN -> "clean";
      case KILLED -> "killed";
      case JAVA_OOM -> "out of Java memory";
      case ABORT -> "crashed";
      case RUNNING -> "still running";
      case UNKNOWN -> "end unknown";
    };
  }
}
