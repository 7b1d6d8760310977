// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

/** How a test stands. Add at the end only: the ordinal is written. */
public enum BoxStatus {
  RUNNING,
  PASSED,
  FAILED,
  ABORTED,
  SKIPPED,
  /** It is over, and its engine did not say how. */
  OVER;

  /** What {@link io.memreport.recorder.event.TestEvent#status} means. */
  static BoxStatus ended(String status) {
    return switch (status == null ? "" : status) {
      case "passed" -> PASSED;
      case "failed" -> FAILED;
      case "aborted" -> ABORTED;
      case "skipped" -> SKIPPED;
      default -> OVER;
    };
  }
}
