// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.scope.NativeAccounting;

/**
 * Listens for OutOfMemoryErrors. HotSpot logs each that it tells of as an error of its own on
 * stdout, which is the application's: that log is off while we listen.
 */
public final class ExhaustionWatch {
  private static final String LOG = "VM.log output=stdout what=jvmti=";

  private static boolean listens;

  private ExhaustionWatch() {}

  /** Where the log can't be switched off nothing is told. */
  static synchronized void start() {
    NativeAccounting.libraryLoaded();
    BlackBox box = BlackBox.current();
    if (box != null && !listens && DiagnosticCommand.run(LOG + "off") != null) {
      listens = true;
      box.listenForExhaustion();
    }
  }

  /** Leaves the log as the JVM has it by default; the black box stops listening itself. */
  public static synchronized void stop() {
    if (listens) {
      listens = false;
      DiagnosticCommand.run(LOG + "warning");
    }
  }
}
