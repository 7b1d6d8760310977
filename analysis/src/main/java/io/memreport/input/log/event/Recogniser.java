// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.event;

import io.memreport.input.log.line.LogLine;
import java.util.List;

/** Knows the lines of one writer of logs. */
public interface Recogniser {
  /** Each line that it can use holds one of these words. */
  List<String> keywords();

  /**
   * Uses a line, or leaves it to others.
   *
   * @return whether it was one of its lines
   */
  boolean read(LogLine line, EventLog events);

  /** Whether lines without a keyword are wanted too for now. */
  default boolean isOpen() {
    return false;
  }

  /** The text ends here. */
  default void close(EventLog events) {}
}
