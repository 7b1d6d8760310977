// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.model.Facts;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.List;

/** Not many more System V segments fit. */
public final class SegmentIdsNearLimit implements SettingRule {
  private static final double NEAR = 0.5;
  private static final double VERY_NEAR = 0.8;

  @Override
  public String id() {
    return "shm.ids-near-limit";
  }

  @Override
  public String summary() {
    return "Half of the System V ids of shared memory were taken, or more";
  }

  @Override
  public String why() {
    return "Linux allows 4096 segments for each IPC namespace unless kernel.shmmni says otherwise, macOS 32 for the"
        + " whole machine, and each PostgreSQL server takes one. When none is left, shmget fails with ENOSPC, which"
        + " reads like a full disk. Reported from half of them on, as a warning from four fifths on.";
  }

  @Override
  public String advice() {
    return "memreport shm list shows who holds them, memreport shm clean --yes removes orphans. Fewer servers at once,"
        + " or one that tests share, need fewer. On Linux sysctl -w kernel.shmmni=8192 doubles the default; on macOS"
        + " kern.sysv.shmmni is set when the machine starts. A larger shmmax or shmall does not help.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        for (int shard = 0; shard < 4_000; shard++) {
          servers.add(EmbeddedPostgres.start()); // an id each; the kernel has 4096
        }""",
        """
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
          shards.forEach(shard -> server.createDatabase(shard)); // one id for all
        }""");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    SharedLimits limits = facts.shared().tightest();
    if (limits == null || limits.idsPart() < NEAR) {
      return List.of();
    }
    long left = Math.max(0, limits.shmmni() - limits.idsPeak());
    return List.of(
        new Finding(
            id(),
            limits.idsPart() < VERY_NEAR ? Severity.INFO : Severity.WARNING,
            limits.idsPeak()
                + " of "
                + limits.shmmni()
                + " System V ids were taken at once: "
                + (left == 0 ? "no other PostgreSQL server fits" : left + " more servers fit"),
            "kernel.shmmni is "
                + limits.shmmni()
                + " in "
                + limits.ipcNamespace()
                + "; at the end "
                + limits.idsUsed()
                + " were taken",
            advice(),
            null));
  }
}
