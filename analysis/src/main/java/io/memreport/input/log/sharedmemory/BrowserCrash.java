// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.SharedMemoryDraft;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;

/** Pages of Chromium crash when /dev/shm is full, and for other reasons: a hint must stand by. */
final class BrowserCrash {
  private static final String CRASH = "page crash";
  private static final String SWITCH = "disable-dev-shm-usage";

  private LogLine crash;
  private boolean hint;

  void look(LogLine line) {
    // As one switch among others it says that /dev/shm is not used.
    boolean advised = line.has(SWITCH) && !line.has("--no-sandbox") && !line.has("--headless");
    hint |= advised || line.has("/dev/shm") || line.has("shm-size") || line.has("shm_size");
    if (crash == null
        && (line.has("session deleted because of " + CRASH) || line.has("tab crashed"))) {
      crash = line;
    }
  }

  void close(EventLog events) {
    if (crash == null || !hint) {
      return;
    }
    for (EventBuilder known : events.all()) {
      SharedMemoryDraft failure = known.sharedMemory;
      if (failure != null && failure.isOfBrowser() && crash.source().equals(known.source())) {
        known
            .sign(crash)
            .note("The page crashed because the browser got no shared memory: one failure.");
        return;
      }
    }
    EventBuilder event = events.add(EventKind.SHM_EXHAUSTED, Killer.UNKNOWN).sign(crash);
    event.sharedMemory = new SharedMemoryDraft(SharedMemoryDraft.CHROMIUM, null, null);
  }
}
