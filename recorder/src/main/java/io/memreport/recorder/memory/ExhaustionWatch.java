// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.heap.DiagnosticCommand;
import io.memreport.recorder.scope.NativeAccounting;
import java.util.List;

/**
 * Listens for OutOfMemoryErrors. HotSpot logs each that it tells of as an error of its own, by
 * default on stdout, which is the application's: that log is off while we listen, unless somebody
 * asked for it.
 */
public final class ExhaustionWatch {
  /** Null while nobody listens. */
  private static List<JvmLog> quieted;

  private ExhaustionWatch() {}

  /** Where the log can't be read or switched off nothing is told. */
  static synchronized void start() {
    NativeAccounting.libraryLoaded();
    BlackBox box = BlackBox.current();
    if (box == null || quieted != null) {
      return;
    }
    List<JvmLog> logs = JvmLog.thatShowJvmTi(DiagnosticCommand.run("VM.log list"));
    if (logs != null && logs.stream().allMatch(log -> DiagnosticCommand.run(log.quiet()) != null)) {
      quieted = logs;
      box.listenForExhaustion();
    }
  }

  /** Leaves the log as it was; the black box stops listening itself. */
  public static synchronized void stop() {
    if (quieted != null) {
      quieted.forEach(log -> DiagnosticCommand.run(log.restore()));
      quieted = null;
    }
  }
}
