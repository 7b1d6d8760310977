// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.diagnosis.growth.Growth;
import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Boundary;
import io.memreport.model.verdict.Cause;
import java.util.List;
import java.util.Objects;

/** Files that tests left on file systems in memory other than {@code /dev/shm}. */
public final class TmpfsFilesLeft extends GrowthRule {
  private static final long LEAST_BYTES = 16 << 20;

  public TmpfsFilesLeft() {
    super(Cause.SHARED_MEMORY, "files on tmpfs", LEAST_BYTES, sample -> null);
  }

  /** A file is there until it is removed. */
  @Override
  protected boolean mayBeGarbage() {
    return false;
  }

  @Override
  protected List<Growth.Point> points(Facts facts, Run run) {
    return facts.boundaries().of(run.id(), Boundary::tmpfsBytes).stream()
        .map(at -> new Growth.Point(at.at(), at.tmpfsBytes()))
        .toList();
  }

  /** All processes write there: a test left no more than its own process wrote meanwhile. */
  @Override
  protected long foreign(Facts facts, TestResult test) {
    List<Boundary> both = asked(facts, test);
    return both.isEmpty() ? Long.MAX_VALUE : Math.max(0, grown(both) - written(both));
  }

  /** How much more was there after a test, of what its process may have written. */
  static long written(Facts facts, TestResult test) {
    List<Boundary> both = asked(facts, test);
    return both.isEmpty() ? 0 : Math.max(0, Math.min(grown(both), written(both)));
  }

  /** Its start and its end; empty if it was not asked. */
  private static List<Boundary> asked(Facts facts, TestResult test) {
    List<Boundary> all =
        facts.boundaries().all().stream()
            .filter(at -> Objects.equals(at.testId(), test.id()) && at.tmpfsBytes() != null)
            .toList();
    return all.size() < 2 ? List.of() : List.of(all.get(0), all.get(all.size() - 1));
  }

  private static long grown(List<Boundary> both) {
    return both.get(1).tmpfsBytes() - both.get(0).tmpfsBytes();
  }

  private static long written(List<Boundary> both) {
    Long before = both.get(0).writtenBytes();
    Long after = both.get(1).writtenBytes();
    return before == null || after == null ? 0 : after - before;
  }

  @Override
  public String id() {
    return "shm.tmpfs-files-left";
  }

  @Override
  public String summary() {
    return "A test left files on tmpfs";
  }

  @Override
  public String why() {
    return "A file on tmpfs, as /run and in many systems /tmp are, is memory, charged to the cgroup of whoever wrote it,"
        + " until it is removed: the end of the JVM does not do that. memreport reports tests of a run after which all such"
        + " file systems but /dev/shm held "
        + least()
        + " or more than before, if they explain half of it and their process wrote as much meanwhile.";
  }

  @Override
  public String advice() {
    return "Remove the files when the test ends, or write them to a folder on disk, as @TempDir with java.io.tmpdir on one.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        Path export = Files.createFile(Path.of("/run/shop/export.csv")); // tmpfs
        orders.exportTo(export);""",
        """
        @TempDir Path folder; // removed when the test ends

        orders.exportTo(folder.resolve("export.csv"));""");
  }
}
