// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.Comparator;
import java.util.List;

/** {@code /dev/shm} is almost full. */
public final class DevShmNearLimit implements SettingRule {
  private static final double NEAR = 0.5;
  private static final double VERY_NEAR = 0.8;

  /** From PostgreSQL 15 on: 1 MiB for statistics, and a control segment. */
  private static final long SERVER_BYTES = 1_100_000;

  @Override
  public String id() {
    return "shm.dev-shm-near-limit";
  }

  @Override
  public String summary() {
    return "Half of /dev/shm was in use, or more";
  }

  @Override
  public String why() {
    return "/dev/shm is a file system in memory with a size of its own: half of the machine's memory, but 64 MiB in"
        + " a container unless its maker was told otherwise. PostgreSQL keeps 1 MiB of each server there, and what"
        + " parallel queries share; when it is full, a query fails with No space left on device. Reported from half"
        + " of it on, as a warning from four fifths on.";
  }

  @Override
  public String advice() {
    return "Docker: --shm-size=1g, or shm_size in a compose file; Kubernetes: an emptyDir with medium Memory mounted at"
        + " /dev/shm, which counts against the pod's memory limit. Or have PostgreSQL need less:"
        + " max_parallel_workers_per_gather=0.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell("docker run postgres:17", "docker run --shm-size=1g postgres:17");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    return facts.shared().limits().stream()
        .filter(limits -> limits.devShmPart() >= NEAR)
        .max(Comparator.comparingDouble(SharedLimits::devShmPart))
        .map(limits -> List.of(finding(limits)))
        .orElse(List.of());
  }

  private Finding finding(SharedLimits limits) {
    long left = Math.max(0, limits.devShmBytes() - limits.devShmPeakBytes());
    return new Finding(
        id(),
        limits.devShmPart() < VERY_NEAR ? Severity.INFO : Severity.WARNING,
        Units.bytes(limits.devShmPeakBytes())
            + " of /dev/shm's "
            + Units.bytes(limits.devShmBytes())
            + " were in use at once",
        "Room was left for "
            + left / SERVER_BYTES
            + " more PostgreSQL servers without parallel queries"
            + (limits.devShmUsedBytes() == null
                ? ""
                : "; at the end " + Units.bytes(limits.devShmUsedBytes()) + " were in use"),
        advice(),
        null);
  }
}
