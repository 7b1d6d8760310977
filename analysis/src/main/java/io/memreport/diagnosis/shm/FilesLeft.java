// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Boundary;
import io.memreport.model.shared.SeenSegment;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Files that a test left in {@code /dev/shm}, which is memory: no process's end gives it back. */
public final class FilesLeft implements Rule {
  static final long LEAST_BYTES = 16 << 20;

  @Override
  public String id() {
    return "shm.files-left";
  }

  @Override
  public String summary() {
    return "A test left files in /dev/shm";
  }

  @Override
  public String why() {
    return "A file in /dev/shm is memory, charged to the cgroup of whoever wrote it, until it is removed: the end of the"
        + " JVM does not do that. memreport reports tests that left "
        + Units.bytes(LEAST_BYTES)
        + " or more in files that were new, last changed while no other test ran, made or written by its own process, and there to the end.";
  }

  @Override
  public String advice() {
    return "Remove the files when the test ends, or write them to a folder on disk, as @TempDir with java.io.tmpdir on one.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        Path file = Files.createFile(Path.of("/dev/shm/frames-" + id));
        render(file);""",
        """
        Path file = Files.createFile(Path.of("/dev/shm/frames-" + id));
        try {
          render(file);
        } finally {
          Files.delete(file);
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    Map<TestResult, List<SeenSegment>> byTest = new LinkedHashMap<>();
    for (SeenSegment file : facts.shared().segments()) {
      TestResult test = isLeft(facts, file) ? facts.test(file.test()) : null;
      if (test != null) {
        byTest.computeIfAbsent(test, missing -> new ArrayList<>()).add(file);
      }
    }
    List<Suspicion> found = new ArrayList<>();
    byTest.forEach(
        (test, files) -> {
          long bytes = files.stream().mapToLong(SeenSegment::bytes).sum();
          if (bytes >= LEAST_BYTES) {
            found.add(suspicion(test, files, bytes));
          }
        });
    return found;
  }

  /** What processes of a test made is {@link SegmentOrphaned}'s. */
  private static boolean isLeft(Facts facts, SeenSegment file) {
    return file.kind().equals("posix")
        && !file.earlier()
        && file.goneAt() == null
        && file.bytes() != null
        && file.test() != null
        && (file.creatorPid() == null
            ? hasWritten(facts, file)
            : facts.runs().stream()
                .filter(run -> run.id().equals(file.runId()))
                .anyMatch(run -> Objects.equals(run.pid(), file.creatorPid())));
  }

  /** Others write there, too: the test's process wrote as much meanwhile, if that was counted. */
  private static boolean hasWritten(Facts facts, SeenSegment file) {
    List<Long> written =
        facts.boundaries().all().stream()
            .filter(at -> file.test().equals(at.testId()) && at.writtenBytes() != null)
            .map(Boundary::writtenBytes)
            .toList();
    return written.size() < 2 || written.get(written.size() - 1) - written.get(0) >= file.bytes();
  }

  private Suspicion suspicion(TestResult test, List<SeenSegment> files, long bytes) {
    String left =
        "left "
            + (files.size() == 1 ? "a file" : files.size() + " files")
            + " of "
            + Units.bytes(bytes)
            + " in /dev/shm";
    String evidence =
        "New and still there at the end: "
            + SegmentOrphaned.shortened(files.stream().map(SeenSegment::id).toList());
    List<Culprit> culprits = new ArrayList<>();
    culprits.add(Names.culprit(test, bytes));
    files.forEach(
        file -> culprits.add(new Culprit("segment", file.id(), "file " + file.id(), file.bytes())));
    return new Suspicion(
        new Finding(
            id(), Severity.WARNING, Names.test(test) + " " + left, evidence, advice(), test.id()),
        Cause.SHARED_MEMORY,
        Confidence.LIKELY,
        left,
        bytes,
        culprits,
        List.of(Names.recorded(evidence)));
  }
}
