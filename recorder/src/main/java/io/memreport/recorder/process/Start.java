// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import io.memreport.recorder.proc.ProcStat;
import io.memreport.recorder.redact.CommandLine;
import java.util.Arrays;

/**
 * A process that was started, of which the rest is still to be read.
 *
 * @param event begun when it started
 */
record Start(ChildStartEvent event, Process process, String[] command) {
  /** Reads what it is; of one that has ended already, the start ticks stay unknown. */
  Child child() {
    ProcStat stat = ProcStat.of(event.processId);
    // The number is its own as long as nobody has waited for it: asked last.
    boolean own = stat != null && stat.parent() == event.parentId && process.isAlive();
    event.startTicks = own ? stat.startTicks() : MemreportEvent.UNKNOWN;
    Child child = new Child(event, own, process);
    child.write(CommandLine.withoutSecrets(Arrays.asList(command)));
    return child;
  }
}
