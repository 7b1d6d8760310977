// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.BoundaryEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.proc.MemoryFiles;
import io.memreport.recorder.proc.OpenFiles;
import io.memreport.recorder.proc.ResidentMemory;
import java.lang.management.ManagementFactory;

/** What is asked when a test begins and when it ends; some microseconds. One thread at a time. */
public final class Boundaries {
  private static volatile Runnable then;

  private Boundaries() {}

  /** What to do when a test has ended, on its thread; null for nothing. */
  public static void then(Runnable next) {
    then = next;
  }

  /** A test has ended. */
  public static void testEnded() {
    Runnable next = then;
    if (next != null) {
      try {
        next.run();
      } catch (RuntimeException | LinkageError e) {
        Failure.note("Sampling memory between tests", e);
      }
    }
  }

  /** Fills in how things stand now. */
  public static void fill(BoundaryEvent event) {
    event.directBuffers = DirectBuffers.used();
    event.liveThreads = ManagementFactory.getThreadMXBean().getThreadCount();
    event.tmpfsFiles = MemoryFiles.used();
    event.resident = ResidentMemory.now().bytes();
    LastCollection.stands(event.resident);
    event.openFiles = OpenFiles.descriptors();
    event.written = MemoryFiles.written();
  }
}
