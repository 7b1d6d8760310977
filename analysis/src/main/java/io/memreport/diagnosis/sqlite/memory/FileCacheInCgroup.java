// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.memory;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;

/** What the cgroup uses is mostly the kernel's cache of files. */
public final class FileCacheInCgroup implements SettingRule {
  private static final long FLOOR_BYTES = 256L << 20;

  @Override
  public String id() {
    return "sqlite.file-cache-in-cgroup";
  }

  @Override
  public String summary() {
    return "What the cgroup uses is mostly the kernel's cache of files";
  }

  @Override
  public String why() {
    return "Pages of database files that were read or written are charged to the cgroup, and taken back when it nears its limit."
        + " An alert on memory.current or usage_in_bytes then tells nothing. memreport reports runs with SQLite where files are more"
        + " than half of what the cgroup uses, that is half of its limit or more, and 256 MiB at least.";
  }

  @Override
  public String advice() {
    return "Nothing, but for alerts: let them watch what is used less inactive_file, as the kubelet's working set does";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        alert: memory.current / memory.max > 0.9                   # counts files that can be dropped""",
        "alert: (memory.current - inactive_file) / memory.max > 0.9");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Run run : facts.runs()) {
      CgroupSample last =
          facts.timeline().cgroups().stream()
              .filter(sample -> sample.runId().equals(run.id()))
              .reduce((earlier, later) -> later)
              .orElse(null);
      if (last == null
          || last.fileBytes() == null
          || last.usageBytes() == null
          || last.limitBytes() == null
          || last.fileBytes() < FLOOR_BYTES
          || last.fileBytes() < last.usageBytes() / 2
          || last.usageBytes() < last.limitBytes() / 2
          || !KeptByMalloc.usesSqlite(facts, run)) {
        continue;
      }
      findings.add(
          new Finding(
              id(),
              Severity.INFO,
              Units.bytes(last.fileBytes()) + " of what the cgroup uses are cached files",
              "Of "
                  + Units.bytes(last.usageBytes())
                  + " under a limit of "
                  + Units.bytes(last.limitBytes()),
              advice(),
              run.id()));
    }
    return findings;
  }
}
