// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.StackTrace;

/** What all events of memreport have in common. */
@Category("memreport")
@StackTrace(false)
public abstract class MemreportEvent extends Event {
  /** The value of a byte count or other figure that this JVM or platform could not tell. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** The {@code testId} of work that belongs to no test. */
  public static final long OUTSIDE_TESTS = 0;
}
