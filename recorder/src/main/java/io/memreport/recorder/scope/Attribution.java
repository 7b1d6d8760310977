// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import java.util.Locale;

/** By which rule the test of a piece of work was found. */
enum Attribution {
  /** The test runs on this thread. */
  THREAD,
  /** The task that runs was handed over by it, even if it is over by now. */
  SUBMITTED,
  /** This thread was started by a test that still runs. */
  INHERITED,
  /** Only one test runs in this JVM. */
  SOLE,
  /** None of these: the work belongs to no test. */
  NONE;

  final String label = name().toLowerCase(Locale.ROOT);
}
