// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.BoundaryEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.proc.MemoryFiles;
import io.memreport.recorder.proc.OpenFiles;
import io.memreport.recorder.proc.ResidentMemory;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

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
    Failure.notedIn("Sampling memory between tests", then);
  }

  private static long metaspace() {
    return Bean.METASPACE == null
        ? MemreportEvent.UNKNOWN
        : Bean.METASPACE.getUsage().getCommitted();
  }

  /** Found once, when the first test begins. */
  private static final class Bean {
    static final MemoryPoolMXBean METASPACE =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .findFirst()
            .orElse(null);
  }

  /** Fills in how things stand now. */
  public static void fill(BoundaryEvent event) {
    event.directBuffers = DirectBuffers.used();
    event.metaspace = metaspace();
    event.liveThreads = ManagementFactory.getThreadMXBean().getThreadCount();
    event.tmpfsFiles = MemoryFiles.used();
    ResidentMemory resident = ResidentMemory.now();
    event.resident = resident.bytes();
    event.residentShared = resident.sharedBytes();
    LastCollection.stands(event.resident);
    event.openFiles = OpenFiles.descriptors();
    event.written = MemoryFiles.written(event.tmpfsFiles, event.residentShared);
  }
}
