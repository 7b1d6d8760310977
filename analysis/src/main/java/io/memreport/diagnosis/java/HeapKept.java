// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Need;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Java objects of tests that a full collection at the end of the run left, by samples. */
public final class HeapKept implements Rule {
  /** So much of one test is no constant and no small cache. */
  public static final long THRESHOLD_BYTES = 16 << 20;

  /**
   * So much is enough if a static field of the application is seen to hold it, or at the lower end
   * of an estimate.
   */
  static final long PROVEN_BYTES = 8 << 20;

  @Override
  public List<Need> needs() {
    return List.of(Need.TEST);
  }

  @Override
  public String id() {
    return "java.heap-kept";
  }

  @Override
  public String summary() {
    return "Objects of a test were still in use when the run ended";
  }

  @Override
  public String why() {
    return "A test is over, but objects that it allocated are still in use at the end of the run, so"
        + " all later tests had less memory. At least every 512 KiB an allocated object is sampled, with its"
        + " test and its line; a full collection at the end tells which of them are in use. Reported"
        + " when the objects that a test's own lines allocated are "
        + Units.bytes(THRESHOLD_BYTES)
        + " or more, and "
        + Units.bytes(PROVEN_BYTES)
        + " even at the lower end of the estimate; that is enough if a static field of the application holds a sample"
        + " of them. What a library allocated counts only if such a field is seen to hold it and "
        + Units.bytes(PROVEN_BYTES)
        + " of its class are sure. Left out are constants of a class, what a library holds in a static field or in a cache that throws entries"
        + " away when it is full, and as"
        + " much as soft references hold. A class is reported, too, if "
        + HeapRetainedTogether.LEAST_TESTS
        + " or more of its tests left so much together, or "
        + HeapRetained.REPEATED
        + " with the same line.";
  }

  @Override
  public String advice() {
    return "Clear what holds it after each test, or make the field that holds it non-static.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        static final Map<String, byte[]> THUMBNAILS = new HashMap<>();""",
        """
        private final Map<String, byte[]> thumbnails = new HashMap<>(); // a new one for each test""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (Run run : facts.runs()) {
      Map<TestResult, List<HeapLine>> byTest = new LinkedHashMap<>();
      for (HeapLine line : HeapLine.of(facts, run)) {
        if (isKept(line) && (!isMeasured(line.test()) || line.test().isFixture())) {
          byTest.computeIfAbsent(line.test(), missing -> new ArrayList<>()).add(line);
        }
      }
      List<TestResult> told = new ArrayList<>();
      byTest.forEach(
          (test, lines) -> {
            long soft = facts.releasedHeap().getOrDefault(test.id(), 0L);
            long known = isMeasured(test) ? Math.max(0, test.heap().retainedBytes()) : 0;
            Suspicion suspicion = suspicion(test, lines, soft, known);
            if (suspicion != null) {
              told.add(test);
              found.add(suspicion);
            }
          });
      byTest.keySet().removeIf(test -> told.contains(test) || isMeasured(test) || isCached(test));
      found.addAll(HeapKeptTogether.of(facts, byTest));
    }
    return found;
  }

  /**
   * Where full collections bracket a test, they know what it left exactly. But of fixtures, not
   * what their threads took while tests ran.
   */
  private static boolean isMeasured(TestResult test) {
    return test.heap().retainedBytes() != null;
  }

  private static boolean isKept(HeapLine line) {
    return line.test() != null
        && line.test().status() != TestStatus.RUNNING_AT_END
        && line.line() != null
        && (line.via() == null || isHeldByApplication(line))
        && line.sites().stream().noneMatch(HeapSite::isConstant)
        && line.bytesInUse() > 0;
  }

  /**
   * What a library read or made for the application, which keeps it, is no cache of the library's.
   */
  private static boolean isHeldByApplication(HeapLine line) {
    return line.sites().stream()
        .filter(site -> HeapHolder.isInField(line.test(), site.className()))
        .anyMatch(site -> site.bytesInUse() - site.errorBytes() >= PROVEN_BYTES);
  }

  /** The true figure may be as far below the estimate as the error says. */
  static boolean isMuch(long bytes, long error) {
    return bytes >= THRESHOLD_BYTES && bytes - error >= PROVEN_BYTES;
  }

  /** What holds it is not the application, or no more than it was told to. */
  private static boolean isCached(TestResult test) {
    return switch (HeapHolder.of(test)) {
      case SPRING_CONTEXT, BOUNDED, SOFT, LIBRARY -> true;
      case APPLICATION, NATIVE_CODE, FOREIGN, UNKNOWN -> false;
    };
  }

  /** Half of it or more was allocated with no code of the application between. */
  private static boolean isMadeByLibraries(List<HeapLine> lines, long bytes) {
    long made =
        lines.stream()
            .filter(line -> HeapHolder.isOfLibrary(line.line()))
            .mapToLong(HeapLine::bytesInUse)
            .sum();
    return 2 * made >= bytes;
  }

  /**
   * @param known of it, what full collections have measured, which is told elsewhere
   */
  private Suspicion suspicion(TestResult test, List<HeapLine> lines, long soft, long known) {
    List<HeapSite> sites = lines.stream().flatMap(line -> line.sites().stream()).toList();
    long bytes = sites.stream().mapToLong(HeapSite::bytesInUse).sum() - known;
    long error = HeapSite.error(sites);
    HeapHolder holder = HeapHolder.of(test);
    boolean caches =
        isCached(test)
            || (holder == HeapHolder.FOREIGN || holder == HeapHolder.UNKNOWN)
                && isMadeByLibraries(lines, bytes);
    String field = HeapHolder.field(test);
    if (!isMuch(bytes - soft, error) && (field == null || bytes - error - soft < PROVEN_BYTES)
        || caches) {
      return null;
    }
    HeapLine first = lines.get(0);
    String chain = HeapHolder.chains(test).findFirst().orElse(null);
    String evidence =
        "After a full collection at the end of the run "
            + HeapLine.estimate(bytes, error)
            + " of its objects were in use, estimated from "
            + Names.counted(sites.stream().mapToLong(HeapSite::inUse).sum(), "sample")
            + "; most are "
            + Names.shown(first.classes())
            + " from "
            + Names.shown(first.line())
            + (chain == null ? "" : "; a sample of it: " + chain);
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            Names.test(test) + " left " + Units.bytes(bytes) + " of Java heap behind",
            evidence,
            advice(test, first),
            test.id()),
        Cause.JAVA_HEAP,
        holder == HeapHolder.APPLICATION ? Confidence.CERTAIN : Confidence.LIKELY,
        "left " + Units.bytes(bytes) + " of Java heap behind",
        bytes,
        List.of(Names.culprit(test, bytes)),
        List.of(Names.recorded(evidence)));
  }

  private static String advice(TestResult test, HeapLine first) {
    String mocks = HeapHolder.adviceOnMocks(test);
    if (mocks != null) {
      return mocks;
    }
    String field = HeapHolder.field(test);
    return field == null
        ? "Find what still holds the "
            + Names.shown(first.classes())
            + " from "
            + Names.shown(first.line())
            + ", and clear it after each test; a static field is the usual reason."
        : "Clear " + Names.shown(field) + " after each test, or make it non-static.";
  }
}
