// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.SharedMemoryDraft;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * initdb tries settings from large to small and hides why they fail; if none works it goes on with
 * the smallest (test_config_settings in initdb.c). So it says that there is no shared memory before
 * the server does.
 */
final class InitdbProbes {
  private static final Pattern PROBE =
      Pattern.compile(
          "selecting default \"?(max_connections|shared_buffers)\"? \\.\\.\\. (\\d{1,7})(kB|MB|GB)?");

  /** The smallest that it tries: 10 in the oldest releases, 25 in the newest. */
  private static final int FEWEST_CONNECTIONS = 25;

  private boolean connectionsFailed = true;
  private LogLine connections;
  private boolean modern;
  private EventBuilder open;

  /** Whether it was one of initdb's lines that tell of it. */
  boolean read(LogLine line, EventLog events) {
    if (line.has("selecting dynamic shared memory implementation")) {
      modern = true;
      connectionsFailed = true;
      connections = null;
      open = null;
      return false;
    }
    if (line.has("initdb: removing")) {
      open = null;
      return false;
    }
    if (line.has("bootstrap script ... ok") && open != null) {
      open.sign(line);
      open.kind = EventKind.NO_KILL;
      open.detail(
          "initdb found that only its smallest settings work, and went on with these: memory or"
              + " semaphores are short, or were for a moment.");
      open = null;
      return true;
    }
    if (!line.has("selecting default ")) {
      return false;
    }
    Matcher probe = PROBE.matcher(line.text());
    if (!probe.find()) {
      return false;
    }
    if (probe.group(1).equals("max_connections")) {
      connectionsFailed = Integer.parseInt(probe.group(2)) <= FEWEST_CONNECTIONS;
      connections = line;
      open = null;
      return false;
    }
    if (!connectionsFailed || !probe.group(2).equals("400") || !"kB".equals(probe.group(3))) {
      return false;
    }
    open = events.add(EventKind.SHM_EXHAUSTED, Killer.UNKNOWN);
    if (connections != null) {
      open.sign(connections);
    }
    open.sign(line);
    open.sharedMemory = new SharedMemoryDraft(SharedMemoryDraft.POSTGRESQL, null, null);
    open.sharedMemory.earlySignature = true;
    return true;
  }

  /** Whether a segment of this initdb has a few bytes: since 9.3, and 9.4 says that line. */
  boolean isModern() {
    return modern;
  }

  /** The event that the server's own words belong to, or null; it is given once. */
  EventBuilder take() {
    EventBuilder taken = open;
    open = null;
    return taken;
  }
}
