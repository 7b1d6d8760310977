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
  private static volatile Watcher watcher;

  private Boundaries() {}

  /** Who measures more between tests, on their threads; what it throws is noted. */
  public interface Watcher {
    /** The first test of this JVM is about to begin. */
    void firstBegins();

    /** A test has ended. */
    void ended();
  }

  /** Tells a watcher from now on; null tells nobody. */
  public static void tell(Watcher who) {
    watcher = who;
  }

  /** The first test is about to begin. */
  static void firstTestBegins() {
    Watcher told = watcher;
    if (told != null) {
      Failure.notedIn("Sampling memory before the first test", told::firstBegins);
    }
  }

  /** A test has ended. */
  public static void testEnded() {
    Watcher told = watcher;
    if (told != null) {
      Failure.notedIn("Sampling memory between tests", told::ended);
    }
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
