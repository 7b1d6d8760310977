// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.BoundaryEvent;
import io.memreport.recorder.proc.MemoryFiles;
import java.lang.management.ManagementFactory;

/** What is asked when a test begins and when it ends; some microseconds. One thread at a time. */
public final class Boundaries {
  private Boundaries() {}

  /** Fills in how things stand now. */
  public static void fill(BoundaryEvent event) {
    event.directBuffers = DirectBuffers.used();
    event.liveThreads = ManagementFactory.getThreadMXBean().getThreadCount();
    event.tmpfsFiles = MemoryFiles.used();
    event.written = MemoryFiles.written();
  }
}
