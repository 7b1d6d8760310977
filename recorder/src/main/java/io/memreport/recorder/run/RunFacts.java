// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import com.sun.management.OperatingSystemMXBean;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.memory.Cgroup;
import io.memreport.recorder.proc.ProcFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;

/** What is known of a run: the content of {@code run.json}, schema {@code memreport-run/1}. */
record RunFacts(
    String runId,
    long pid,
    Instant startedAt,
    Settings settings,
    Subject subject,
    String agentVersion) {

  /**
   * @param repository where JFR keeps its chunks, or null
   * @param endedAt when the JVM began to shut down in order, or null
   * @param signal that asked it to, or null
   */
  String json(Path repository, Instant endedAt, String signal) {
    Cgroup cgroup = subject.cgroup();
    JsonText json = new JsonText();
    json.open(null)
        .field("schema", "memreport-run/1")
        .field("runId", runId)
        .field("pid", pid)
        .field("startedAt", startedAt.toString())
        .field("endedAt", endedAt == null ? null : endedAt.toString())
        .field("ending", endedAt == null ? null : "clean")
        .field("signal", signal)
        .field("pidsInNamespaces", ProcFile.ownPids())
        .open("jvm")
        .field("version", System.getProperty("java.runtime.version"))
        .field("vendor", System.getProperty("java.vendor"))
        .field("vm", System.getProperty("java.vm.name"))
        .field("onOutOfMemoryError", OwnEnd.ofThisJvm())
        .close()
        .field("role", subject.role())
        .field("command", subject.command())
        .open("cgroup")
        .field("path", cgroup.path())
        .field("version", cgroup.version())
        .field("limitBytes", known(cgroup.limit()))
        .field("usageBytes", known(cgroup.usage()))
        .close()
        .open("machine")
        .field("totalBytes", machineBytes())
        .field("cpus", (long) Runtime.getRuntime().availableProcessors())
        .close()
        .field("options", settings.rendered())
        .field("repository", repository == null ? null : repository.toString())
        .field("agentVersion", agentVersion)
        .open("clock")
        .field("epochMillis", System.currentTimeMillis())
        .field("nanoTime", System.nanoTime())
        .field("uptimeSeconds", ProcFile.uptimeSeconds())
        .close()
        .close();
    return json.toString();
  }

  /** Where the kernel shows no file, the JVM asks it: on Linux that is the container's limit. */
  private static Long machineBytes() {
    Long shown = known(ProcFile.memoryInfo("MemTotal:"));
    if (shown == null
        && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      return system.getTotalMemorySize();
    }
    return shown;
  }

  private static Long known(long bytes) {
    return bytes == MemreportEvent.UNKNOWN ? null : bytes;
  }
}
