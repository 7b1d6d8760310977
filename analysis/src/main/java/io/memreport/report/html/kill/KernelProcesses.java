// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.Kill;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Names;
import java.util.HashMap;
import java.util.Map;

/**
 * Which processes of a log's event are runs. The numbers there are the kernel's: those of all runs
 * are taken for the same only if that of a matched one is.
 */
final class KernelProcesses {
  private final Map<Long, Link> runs = new HashMap<>();

  KernelProcesses(PostMortem postMortem, String event, Names names) {
    boolean sameNumbers = false;
    for (Kill kill : postMortem.kills()) {
      boolean same = kill.event() != null && kill.event().event().id().equals(event);
      if (same && kill.victimPid() != null) {
        runs.put(kill.victimPid(), names.link(Names.RUN, kill.runId()));
        sameNumbers |= kill.victimPid().equals(pid(postMortem, kill.runId()));
      }
    }
    if (sameNumbers) {
      for (Run run : postMortem.runs()) {
        if (run.pid() != null) {
          runs.putIfAbsent(run.pid(), names.link(Names.RUN, run.id()));
        }
      }
    }
  }

  private static Long pid(PostMortem postMortem, String runId) {
    return postMortem.runs().stream()
        .filter(run -> run.id().equals(runId))
        .map(Run::pid)
        .findFirst()
        .orElse(null);
  }

  /** The run that has this number, null for none. */
  Link run(Long pid) {
    return pid == null ? null : runs.get(pid);
  }
}
