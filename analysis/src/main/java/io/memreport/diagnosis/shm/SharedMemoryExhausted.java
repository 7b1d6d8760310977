// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.diagnosis.fix.SharedMemoryFix;
import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.words.Headline;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import io.memreport.model.shared.Segment;
import io.memreport.model.shared.SharedFailure;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Severity;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Shared memory was refused: what ran out, who had taken it, and who was refused. The message is
 * known from a child's output, from an exception, or from a log.
 */
public final class SharedMemoryExhausted implements SettingRule {
  private static final int SHOWN = 5;
  private static final double FULL = 0.9;

  /** So far clocks of one build may be apart. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  @Override
  public String id() {
    return "shm.exhausted";
  }

  @Override
  public String summary() {
    return "Shared memory was refused";
  }

  @Override
  public String why() {
    return "The error reads No space left on device, and no disk is full: the kernel has no id left for another System"
        + " V segment, or /dev/shm is full. A server that can't get its segment does not start. memreport"
        + " reports each refusal that a process printed, an exception says, or a log holds.";
  }

  @Override
  public String advice() {
    return "memreport shm list shows who holds what; memreport shm clean --yes removes what provably nobody uses.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        @BeforeEach
        void start() {
          server = EmbeddedPostgres.start(); // a segment for each test, and nobody closes it
        }""",
        """
        @BeforeAll
        static void start() {
          server = EmbeddedPostgres.start();
        }

        @AfterAll
        static void stop() {
          server.close();
        }""");
  }

  /** A refusal, and where it is known from. */
  private record Refusal(
      String test,
      String query,
      String source,
      Instant at,
      LogEvent event,
      SharedMemoryFailure what) {}

  private static List<Refusal> refusals(Facts facts) {
    List<Refusal> all = new ArrayList<>();
    for (SharedFailure failure : facts.shared().failures()) {
      all.add(
          new Refusal(
              failure.test(),
              failure.query(),
              "recording",
              failure.at(),
              failure.event(),
              failure.event().sharedMemory()));
    }
    for (LogEvent event : facts.logEvents()) {
      Instant at = event.at() == null ? null : event.at().instant();
      if (event.kind() == EventKind.SHM_EXHAUSTED && isOfRuns(facts, at)) {
        all.add(new Refusal(null, null, "log", at, event, event.sharedMemory()));
      }
    }
    // initdb tries smaller and smaller settings before it gives up: the error itself says more.
    boolean told = all.stream().anyMatch(one -> resource(one) != null);
    all.removeIf(one -> one.what == null || told && resource(one) == null);
    all.sort(Comparator.comparing(Refusal::at, Comparator.nullsLast(Comparator.naturalOrder())));
    return all;
  }

  /** A log may hold what other builds met; what tells no time may be of these runs. */
  private static boolean isOfRuns(Facts facts, Instant at) {
    return at == null
        || facts.runs().stream()
            .filter(run -> run.startedAt() != null)
            .anyMatch(
                run ->
                    !at.isBefore(run.startedAt().minus(CLOCKS))
                        && (run.endedAt() == null || !at.isAfter(run.endedAt().plus(CLOCKS))));
  }

  private static SharedMemoryResource resource(Refusal refusal) {
    return refusal.what == null ? null : refusal.what.resource();
  }

  /** The verdict if shared memory was refused, else null. */
  public static Verdict verdict(Facts facts, List<Segment> segments) {
    List<Refusal> refusals = refusals(facts);
    if (refusals.isEmpty()) {
      return null;
    }
    Refusal first = first(refusals);
    Explanation explanation = LogDiagnosis.explain(first.event);
    List<Evidence> evidence = new ArrayList<>();
    String sentence = headline(facts, segments, refusals, first, explanation);
    String headline = Headline.cut(sentence);
    if (!headline.equals(sentence)) {
      evidence.add(new Evidence(sentence, first.source, null));
    }
    refusals.stream()
        .limit(SHOWN)
        .forEach(
            one ->
                one.event.signs().stream()
                    .findFirst()
                    .ifPresent(
                        sign -> evidence.add(new Evidence(sign.text(), one.source, one.at))));
    String holders =
        resource(first) == SharedMemoryResource.DEV_SHM
            ? devShm(facts)
            : holders(facts, segments, first);
    if (holders != null) {
      evidence.add(new Evidence(holders, "recording", null));
    }
    explanation.because().forEach(text -> evidence.add(new Evidence(text, first.source, null)));
    boolean counted = holders != null;
    return new Verdict(
        VerdictKind.SHM_EXHAUSTED,
        null,
        Cause.SHARED_MEMORY,
        resource(first) == null ? Confidence.LIKELY : Confidence.CERTAIN,
        headline,
        culprits(facts, segments, refusals),
        evidence.stream().distinct().toList(),
        counted
            ? List.of()
            : List.of(
                "Who holds it was not recorded: memreport shm list on that machine shows what is"
                    + " there now"));
  }

  /** The first that says what ran out. */
  private static Refusal first(List<Refusal> refusals) {
    return refusals.stream()
        .filter(one -> resource(one) != null)
        .min(Comparator.comparing(one -> one.source.equals("recording") ? 0 : 1))
        .orElse(refusals.get(0));
  }

  private static boolean isOfIds(SharedMemoryResource resource) {
    return resource == null
        || resource == SharedMemoryResource.SHMMNI
        || resource == SharedMemoryResource.SHMMNI_OR_SHMALL;
  }

  private static String headline(
      Facts facts,
      List<Segment> segments,
      List<Refusal> refusals,
      Refusal first,
      Explanation explanation) {
    SharedLimits limits = facts.shared().tightest();
    String who = refused(facts, refusals);
    // Without most of the ids in use it was another limit, or another machine's.
    if (isOfIds(resource(first)) && limits != null && limits.idsPart() >= FULL) {
      return "Shared memory ran out, not the disk: "
          + limits.idsPeak()
          + " of "
          + limits.shmmni()
          + " System V ids were taken"
          + count(segments)
          + who
          + ".";
    }
    if (resource(first) == SharedMemoryResource.DEV_SHM) {
      Long size =
          facts.shared().limits().stream()
              .max(Comparator.comparingDouble(SharedLimits::devShmPart))
              .map(SharedLimits::devShmBytes)
              .orElse(null);
      return "/dev/shm"
          + (size == null ? "" : " (" + Units.bytes(size) + ")")
          + " was full, not the disk"
          + statement(facts, first)
          + who
          + ".";
    }
    return explanation.headline();
  }

  private static String statement(Facts facts, Refusal first) {
    String sql =
        first.what.statement() != null
            ? first.what.statement()
            : first.query == null || facts.query(first.query) == null
                ? null
                : facts.query(first.query).sql();
    return sql == null
        ? ""
        : ", when "
            + Names.sql(sql)
            + " asked for "
            + (first.what.sizeBytes() == null ? "more" : Units.bytes(first.what.sizeBytes()));
  }

  private static String count(List<Segment> segments) {
    long orphans = ids(segments, Segments.ORPHAN);
    long abandoned = ids(segments, Segments.ABANDONED);
    List<String> parts = new ArrayList<>();
    if (orphans > 0) {
      parts.add(orphans + (orphans == 1 ? " is an orphan" : " are orphans") + " of dead processes");
    }
    if (abandoned > 0) {
      parts.add(
          abandoned
              + (abandoned == 1
                  ? " is held by an abandoned server"
                  : " are held by abandoned servers"));
    }
    return parts.isEmpty() ? "" : ", of them " + String.join(" and ", parts);
  }

  private static long ids(List<Segment> segments, String state) {
    return segments.stream()
        .filter(one -> one.kind().equals(Segments.SYSV) && one.state().equals(state))
        .count();
  }

  private static String refused(Facts facts, List<Refusal> refusals) {
    TreeSet<String> tests = new TreeSet<>();
    for (Refusal refusal : refusals) {
      TestResult test = refusal.test == null ? null : facts.test(refusal.test);
      if (test != null) {
        tests.add(Names.test(test));
      }
    }
    if (tests.isEmpty()) {
      return "";
    }
    return "; "
        + (tests.size() == 1
            ? tests.first() + " was refused"
            : tests.size() + " tests were refused");
  }

  /** How full it was; null if that was not recorded. */
  private static String devShm(Facts facts) {
    return facts.shared().limits().stream()
        .filter(limits -> limits.devShmPeakBytes() != null && limits.devShmBytes() != null)
        .max(Comparator.comparingDouble(SharedLimits::devShmPart))
        .map(
            limits ->
                "A sample saw "
                    + Units.bytes(limits.devShmPeakBytes())
                    + " of "
                    + Units.bytes(limits.devShmBytes())
                    + " of /dev/shm in use at most; a request that was refused is not in it")
        .orElse(null);
  }

  /** Who holds the ids, by test; null if that was not recorded. */
  private static String holders(Facts facts, List<Segment> segments, Refusal first) {
    if (!isOfIds(resource(first))) {
      return null;
    }
    List<Segment> ids =
        segments.stream()
            .filter(one -> one.kind().equals(Segments.SYSV))
            .filter(one -> !one.state().equals(Segments.REMOVED))
            .toList();
    if (ids.isEmpty()) {
      return null;
    }
    Map<String, Long> byOwner = new LinkedHashMap<>();
    for (Segment segment : ids) {
      TestResult test = segment.test() == null ? null : facts.test(segment.test());
      String owner =
          test != null
              ? Names.test(test)
              : segment.earlier()
                  ? "processes before this recording"
                  : "processes outside the tests";
      byOwner.merge(owner, 1L, Long::sum);
    }
    List<String> parts = new ArrayList<>();
    byOwner.forEach((owner, count) -> parts.add(count + " of " + owner));
    return ids.size()
        + " segments were there at the end: "
        + ids(segments, Segments.ORPHAN)
        + " orphans, "
        + ids(segments, Segments.ABANDONED)
        + " of abandoned servers, "
        + ids(segments, Segments.IN_USE)
        + " in use; "
        + SegmentOrphaned.shortened(parts);
  }

  /** Those who hold most ids first, then those who were refused. */
  private static List<Culprit> culprits(
      Facts facts, List<Segment> segments, List<Refusal> refusals) {
    Map<String, long[]> held = new LinkedHashMap<>();
    for (Segment segment : segments) {
      if (segment.test() != null && !segment.state().equals(Segments.REMOVED)) {
        long[] sums = held.computeIfAbsent(segment.test(), missing -> new long[2]);
        sums[0] += segment.kind().equals(Segments.SYSV) ? 1 : 0;
        sums[1] += segment.bytes() == null ? 0 : segment.bytes();
      }
    }
    List<Culprit> culprits = new ArrayList<>();
    held.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue()[0]))
        .filter(entry -> facts.test(entry.getKey()) != null)
        .forEach(
            entry -> culprits.add(Names.culprit(facts.test(entry.getKey()), entry.getValue()[1])));
    for (Refusal refusal : refusals) {
      if (refusal.query != null && facts.query(refusal.query) != null) {
        Culprit query = Names.culprit(facts.query(refusal.query), refusal.what.sizeBytes());
        if (!culprits.contains(query)) {
          culprits.add(query);
        }
      }
    }
    return culprits;
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (Refusal refusal : refusals(facts)) {
      Explanation explanation = LogDiagnosis.explain(refusal.event);
      TestResult test = refusal.test == null ? null : facts.test(refusal.test);
      String title = (test == null ? "" : Names.test(test) + ": ") + explanation.headline();
      if (said.contains(title)) {
        continue;
      }
      said.add(title);
      String sign =
          refusal.event.signs().isEmpty() ? "" : refusal.event.signs().get(0).text() + ". ";
      Fix fix = SharedMemoryFix.of(refusal.what, facts.shared().tightest());
      findings.add(
          new Finding(
                  id(),
                  Severity.CRITICAL,
                  title,
                  sign + String.join(" ", explanation.because()),
                  fix == null
                      ? String.join(" ", explanation.advice())
                      : SharedMemoryFix.words(refusal.what),
                  refusal.test == null ? refusal.query : refusal.test)
              .mendedBy(fix));
    }
    return findings;
  }
}
