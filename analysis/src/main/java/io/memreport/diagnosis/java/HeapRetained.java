// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Need;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.setting.OldDriver;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Java heap that was still reachable after a full collection at the end of a test. */
public final class HeapRetained implements Rule {
  /** What class loading, caches of the JDK and the test framework leave behind is far less. */
  public static final long THRESHOLD_BYTES = 2 << 20;

  /** What classes and libraries that are loaded with the first test may take. */
  static final long ONCE_BYTES = 16 << 20;

  /**
   * What a later test costs that is the first to use some part of the JDK, such as HTTP and TLS.
   */
  static final long LOADED_BYTES = 4 << 20;

  /** What so many tests do is not done once. */
  static final int REPEATED = 3;

  private static final double NEARLY = 0.8;
  private static final double HALF = 0.5;

  private static final int CLASSES = 3;

  @Override
  public List<Need> needs() {
    return List.of(Need.TEST, Need.COLLECTIONS);
  }

  @Override
  public String id() {
    return "java.heap-retained";
  }

  @Override
  public String summary() {
    return "A test left Java objects behind that are still reachable";
  }

  @Override
  public String why() {
    return "Objects that a static field, a running thread or a thread local still reaches after the"
        + " test are kept for all tests that follow. Measured with leaks=gc by full collections"
        + " before and after each test. memreport reports tests that left "
        + Units.bytes(THRESHOLD_BYTES)
        + " or more, less what was gone when their class ended or had been replaced by a later test's, but for"
        + " constants of a class and caches that throw entries away when they are full.";
  }

  @Override
  public String advice() {
    return "Clear what holds them after each test: most often a static field, which can be made non-static.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        static final List<Session> ALL = new ArrayList<>();

        @Test
        void signs_in() {
          ALL.add(new Session(user));
        }""",
        """
        @AfterEach
        void clear() {
          Sessions.ALL.clear();
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    Map<TestResult, Suspicion> found = new LinkedHashMap<>();
    for (TestResult test : facts.tests()) {
      Long retained = retained(facts, test);
      if (retained != null && isLeak(facts, test, retained)) {
        found.put(test, suspicion(facts, test, retained));
      }
    }
    return HeapRetainedAlike.together(facts, found);
  }

  /** What tests left that is not said to be a leak, one line each. */
  @Override
  public List<String> undecided(Facts facts) {
    List<String> undecided = new ArrayList<>();
    for (TestResult test : facts.tests()) {
      Long retained = retained(facts, test);
      HeapHolder holder = retained == null ? null : HeapHolder.of(test);
      boolean told = holder == null || holder == HeapHolder.SPRING_CONTEXT;
      if (!told && !isLeak(facts, test, retained)) {
        undecided.add(
            "The Java heap grew by "
                + Units.bytes(retained)
                + " in "
                + Names.test(test)
                + because(facts, test, retained, holder));
      }
    }
    return undecided;
  }

  private static String because(Facts facts, TestResult test, long retained, HeapHolder holder) {
    if (isOfOthers(facts, test, retained)) {
      return ", most of it by threads that fixtures or earlier tests had left running";
    }
    if (isConstant(facts, test, retained)) {
      return ", most of it by constants of classes, which are made once";
    }
    return switch (holder) {
      case BOUNDED ->
          ", held by a cache that throws entries away when it is full: "
              + Names.shown(HeapHolder.chains(test).findFirst().orElseThrow());
      case LIBRARY, FOREIGN ->
          ", held by caches of libraries, which are filled once: "
              + Names.shown(HeapHolder.chains(test).findFirst().orElseThrow());
      case SOFT ->
          ", held by soft references, which the JVM clears before it runs out of memory: "
              + Names.shown(HeapHolder.chains(test).findFirst().orElseThrow());
      default ->
          ", and nothing that holds it was found: classes and caches that are loaded once are not"
              + " told from a leak";
    };
  }

  /** What a test left, or null if that is too little or unknown. */
  static Long retained(Facts facts, TestResult test) {
    Long atEnd = test.heap().retainedBytes();
    if (atEnd == null) {
      return null;
    }
    long retained = atEnd - facts.releasedHeap().getOrDefault(test.id(), 0L);
    return retained < THRESHOLD_BYTES ? null : Long.valueOf(retained);
  }

  /** Growth that happens once is none. */
  private static boolean isLeak(Facts facts, TestResult test, long retained) {
    if (isOfOthers(facts, test, retained) || isConstant(facts, test, retained)) {
      return false;
    }
    return switch (HeapHolder.of(test)) {
      case APPLICATION, NATIVE_CODE -> true;
      case SPRING_CONTEXT, BOUNDED, SOFT -> false;
      case LIBRARY -> alike(facts, test) >= REPEATED;
      case FOREIGN ->
          retained >= ONCE_BYTES && !isMadeByLibraries(facts, test, retained)
              || alike(facts, test) >= REPEATED;
      case UNKNOWN ->
          retained >= ONCE_BYTES
              || isRepeated(facts, test, retained)
              || (isFirst(facts, test)
                  ? isLikeOthers(facts, test, retained)
                  : retained >= LOADED_BYTES || alike(facts, test) >= REPEATED);
    };
  }

  /**
   * What threads allocate that earlier tests left running, or that a fixture started, falls into
   * the time of another test.
   */
  private static boolean isOfOthers(Facts facts, TestResult test, long retained) {
    List<HeapSite> own = new ArrayList<>();
    List<HeapSite> nobodys = new ArrayList<>();
    for (HeapSite site : facts.heapSites()) {
      if (test.id().equals(site.testId())) {
        own.add(site);
      } else if (site.testId() == null
          && site.line() != null
          && Objects.equals(test.runId(), site.runId())) {
        nobodys.add(site);
      }
    }
    long ofOthers = inUse(nobodys) - HeapSite.error(nobodys) + ofThreadsOfFixtures(facts, test);
    return inUse(own) + HeapSite.error(own) < HALF * retained && ofOthers >= HALF * retained;
  }

  /** What fixtures have beyond what was measured of them: their threads took it while tests ran. */
  private static long ofThreadsOfFixtures(Facts facts, TestResult test) {
    return facts.tests().stream()
        .filter(scope -> scope.isFixture() && Objects.equals(scope.runId(), test.runId()))
        .mapToLong(
            scope -> {
              List<HeapSite> sites =
                  facts.heapSites().stream()
                      .filter(site -> scope.id().equals(site.testId()))
                      .toList();
              Long measured = scope.heap().retainedBytes();
              return Math.max(
                  0,
                  inUse(sites)
                      - HeapSite.error(sites)
                      - (measured == null ? 0 : Math.max(0, measured)));
            })
        .sum();
  }

  /**
   * No sample of this test was reached, but nearly all that it left came from the lines of another
   * test, of which the application is seen to hold some.
   */
  private static boolean isRepeated(Facts facts, TestResult test, long retained) {
    Set<List<String>> held =
        facts.heapSites().stream()
            .filter(site -> !site.frames().isEmpty() && !test.id().equals(site.testId()))
            .filter(site -> Objects.equals(test.runId(), site.runId()) && site.inUse() > 0)
            .filter(site -> isInField(facts.test(site.testId()), site.className()))
            .map(HeapSite::frames)
            .collect(Collectors.toSet());
    List<HeapSite> alike =
        facts.heapSites().stream()
            .filter(site -> test.id().equals(site.testId()) && held.contains(site.frames()))
            .toList();
    return inUse(alike) >= NEARLY * retained;
  }

  private static boolean isInField(@Nullable TestResult test, @Nullable String className) {
    return test != null && className != null && HeapHolder.isInField(test, className);
  }

  /** The test that is the first to use a class pays for its constants. */
  private static boolean isConstant(Facts facts, TestResult test, long retained) {
    List<HeapSite> constants =
        facts.heapSites().stream()
            .filter(site -> test.id().equals(site.testId()) && site.isConstant())
            .toList();
    return inUse(constants) >= NEARLY * retained;
  }

  /** A sample of it that something unknown holds may be as small as a constant. */
  private static boolean isMadeByLibraries(Facts facts, TestResult test, long retained) {
    List<HeapSite> made =
        facts.heapSites().stream()
            .filter(site -> test.id().equals(site.testId()) && site.line() != null)
            .filter(site -> HeapHolder.isOfLibrary(site.line()))
            .toList();
    return inUse(made) >= HALF * retained;
  }

  private static long inUse(List<HeapSite> sites) {
    return sites.stream().mapToLong(HeapSite::bytesInUse).sum();
  }

  /** The first one pays for what is loaded once, but not if several others left as much. */
  private static boolean isLikeOthers(Facts facts, TestResult test, long retained) {
    return facts.tests().stream()
            .filter(other -> other != test && Objects.equals(test.runId(), other.runId()))
            .filter(other -> Objects.equals(test.className(), other.className()))
            .map(other -> retained(facts, other))
            .filter(other -> other != null && other >= NEARLY * retained)
            .limit(REPEATED)
            .count()
        == REPEATED;
  }

  /** In how many tests libraries kept as much as here or more. */
  private static long alike(Facts facts, TestResult test) {
    return facts.tests().stream()
        .filter(other -> Objects.equals(test.runId(), other.runId()))
        .filter(other -> retained(facts, other) != null)
        .filter(other -> HeapHolder.of(other) == HeapHolder.of(test))
        .count();
  }

  private static boolean isFirst(Facts facts, TestResult test) {
    return facts.tests().stream()
        .filter(other -> Objects.equals(test.runId(), other.runId()))
        .filter(other -> Objects.equals(test.kind(), other.kind()))
        .filter(other -> other.heap().retainedBytes() != null)
        .noneMatch(other -> other.startedAt().isBefore(test.startedAt()));
  }

  private Suspicion suspicion(Facts facts, TestResult test, long retained) {
    String chain = HeapHolder.chains(test).findFirst().orElse(null);
    HeapHolder holder = HeapHolder.of(test);
    String evidence =
        "After a full collection the Java heap held "
            + Units.bytes(retained)
            + " more than before the test"
            + counted(test)
            + (chain == null ? "" : "; a sample of it: " + chain);
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            Names.test(test) + " left " + Units.bytes(retained) + " of Java heap behind",
            evidence,
            advice(facts, test, holder),
            test.id()),
        Cause.JAVA_HEAP,
        holder == HeapHolder.UNKNOWN || holder == HeapHolder.FOREIGN
            ? Confidence.LIKELY
            : Confidence.CERTAIN,
        "left " + Units.bytes(retained) + " of Java heap behind",
        retained,
        List.of(Names.culprit(test, retained)),
        List.of(Names.recorded(evidence)));
  }

  /** Only histograms are as exact as the bytes before them. */
  private static String counted(TestResult test) {
    List<String> classes =
        test.classes().stream()
            .filter(use -> use.errorBytes() == 0 && use.className() != null)
            .limit(CLASSES)
            .map(use -> Units.bytes(use.liveBytes()) + " of " + Names.shown(use.className()))
            .toList();
    return classes.isEmpty() ? "" : ", by class " + String.join(", ", classes);
  }

  private String advice(Facts facts, TestResult test, HeapHolder holder) {
    if (holder != HeapHolder.NATIVE_CODE) {
      String mocks = HeapHolder.adviceOnMocks(test);
      if (mocks != null) {
        return mocks;
      }
      String field = HeapHolder.field(test);
      return field == null
          ? advice()
          : "Clear " + Names.shown(field) + " after each test, or make it non-static.";
    }
    return OldDriver.isUsed(facts, test.runId())
        ? new OldDriver().advice()
            + ": drivers before "
            + OldDriver.FIRST_SOUND
            + " keep a JNI global reference to each handler and function that was registered, for"
            + " ever"
        : "A JNI global reference keeps it until native code deletes it: close what was registered"
            + " with that library, and update the library.";
  }
}
