// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.verdict;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.log.Victim;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.VerdictKind;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.TestName;
import io.memreport.report.words.VerdictWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Who, what, how much and where: what the verdict is about, a line each. */
public final class PointsView {
  private static final int SQL = 600;
  private static final int NAME = 200;
  private static final int LARGEST = 5;
  private static final int LARGEST_KINDS = 3;
  private static final double HUNDRED = 100;

  /**
   * One answer.
   *
   * @param anchor the row that it is about, empty for none
   * @param code whether it is SQL, to be copied
   * @param meter percent of the limit, or null
   */
  public record Point(String name, String text, String anchor, boolean code, Double meter) {}

  private final PostMortem postMortem;
  private final Names names;
  private final List<Point> points = new ArrayList<>();

  private PointsView(PostMortem postMortem, Names names) {
    this.postMortem = postMortem;
    this.names = names;
  }

  static List<Point> of(PostMortem postMortem, Names names) {
    PointsView view = new PointsView(postMortem, names);
    List<Culprit> culprits = postMortem.verdict().culprits();
    if (culprits.isEmpty()) {
      view.nobody();
    } else {
      view.named(culprits);
    }
    return view.points;
  }

  private void named(List<Culprit> culprits) {
    Culprit first = culprits.get(0);
    Culprit query = first(culprits, "query");
    boolean onlyQuery = first == query;
    if (!onlyQuery) {
      add(
          doing() ? "Ran then" : "Who",
          VisibleText.shorten(VisibleText.line(first.name()), NAME),
          first);
    }
    long others =
        culprits.stream()
            .filter(culprit -> culprit.type().equals(first.type()) && culprit != first)
            .count();
    if (others > 0) {
      points.add(new Point("", "and " + others + " more", "culprits", false, null));
    }
    if (query != null) {
      String sql =
          postMortem.queries().stream()
              .filter(one -> one.id().equals(query.id()))
              .map(Query::sql)
              .findFirst()
              .orElse(query.name());
      points.add(
          new Point(
              onlyQuery ? "Query" : "Its query",
              VisibleText.shorten(VisibleText.line(sql), SQL),
              anchor(query),
              true,
              null));
    }
    howMuch(first);
    where(first, query);
    Culprit test = first(culprits, "test");
    if (test != null && first.type().equals("process")) {
      add("Started by", VisibleText.shorten(VisibleText.line(test.name()), NAME), test);
    }
  }

  /** Whether names say only what ran when it ended, as {@link VerdictView} has it. */
  private boolean doing() {
    VerdictKind kind = postMortem.verdict().kind();
    return kind == VerdictKind.KILLED || kind == VerdictKind.JVM_ABORT;
  }

  /** Nobody can be named: what held most, or for a clean run which tests were largest. */
  private void nobody() {
    if (postMortem.verdict().kind() == VerdictKind.CLEAN) {
      largestTests();
      return;
    }
    if (postMortem.verdict().kind() == VerdictKind.SHM_EXHAUSTED) {
      refused();
      return;
    }
    Run run = run();
    MemoryAtEnd memory = run == null ? null : run.memoryAtEnd();
    if (memory == null || memory.rssBytes() == null) {
      killed();
      return;
    }
    points.add(
        new Point(
            "Held",
            Units.bytes(memory.rssBytes()) + " resident",
            "memory",
            false,
            meter(memory.rssBytes())));
    List<MemoryKind> kinds = new ArrayList<>(List.of(MemoryKind.values()));
    kinds.sort(
        Comparator.comparingLong((MemoryKind kind) -> Reasons.orZero(kind.atEnd(memory)))
            .reversed());
    kinds.stream()
        .limit(LARGEST_KINDS)
        .filter(kind -> Reasons.orZero(kind.atEnd(memory)) > 0)
        .forEach(
            kind ->
                points.add(
                    new Point(kind.label, Units.bytes(kind.atEnd(memory)), "", false, null)));
  }

  /** Of a run that no sample tells of, what the log says of the process that was killed. */
  private void killed() {
    ExplainedEvent event = postMortem.kills().isEmpty() ? null : postMortem.kills().get(0).event();
    Victim victim = event == null ? null : event.event().victim();
    if (victim == null || victim.name() == null) {
      return;
    }
    String who = victim.name() + (victim.pid() == null ? "" : " (PID " + victim.pid() + ")");
    points.add(
        new Point("Killed", VisibleText.shorten(VisibleText.line(who), NAME), "kill", false, null));
    Long limit = postMortem.kills().get(0).limitBytes();
    if (victim.heldBytes() != null) {
      points.add(
          new Point(
              "How much",
              Units.bytes(victim.heldBytes())
                  + " held"
                  + (limit == null ? "" : "; the limit is " + Units.bytes(limit)),
              "",
              false,
              limit == null || limit == 0
                  ? null
                  : Double.valueOf(Math.min(HUNDRED, HUNDRED * victim.heldBytes() / limit))));
    }
  }

  /** Who asked in vain, and which limit had been reached. */
  private void refused() {
    postMortem.findings().stream()
        .filter(finding -> finding.where() != null)
        .map(finding -> names.link(Names.TEST, finding.where()))
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            test -> points.add(new Point("Refused", test.text(), test.anchor(), false, null)));
    sharedMemory();
  }

  /** The fuller of the two: System V ids, or /dev/shm. */
  private void sharedMemory() {
    SharedLimits limits = postMortem.shared() == null ? null : postMortem.shared().limits();
    if (limits == null || Math.max(limits.idsPart(), limits.devShmPart()) <= 0) {
      return;
    }
    boolean ids = limits.idsPart() >= limits.devShmPart();
    String text =
        ids
            ? limits.idsPeak() + " of " + limits.shmmni() + " System V ids taken"
            : Units.bytes(limits.devShmPeakBytes())
                + " of "
                + Units.bytes(limits.devShmBytes())
                + " of /dev/shm in use";
    double part = ids ? limits.idsPart() : limits.devShmPart();
    points.add(new Point("How much", text, "", false, Math.min(HUNDRED, HUNDRED * part)));
  }

  private void largestTests() {
    List<TestResult> largest =
        postMortem.tests().stream()
            .filter(test -> held(test) > 0)
            .sorted(Comparator.comparingLong(PointsView::held).reversed())
            .limit(LARGEST)
            .toList();
    boolean first = true;
    for (TestResult test : largest) {
      Link link = names.link(Names.TEST, test.id());
      points.add(
          new Point(
              first ? "Largest" : "",
              (link == null ? VisibleText.label(TestName.of(test)) : link.text())
                  + ": "
                  + Units.bytes(held(test))
                  + " of SQLite at its peak",
              link == null ? "" : link.anchor(),
              false,
              null));
      first = false;
    }
  }

  private static long held(TestResult test) {
    return Reasons.orZero(Reasons.known(test.sqlite()).peakBytes());
  }

  private void howMuch(Culprit first) {
    Forks forks = postMortem.forks();
    if (forks != null && postMortem.verdict().cause() == Cause.PARALLEL_FORKS) {
      points.add(
          new Point(
              "How much",
              Units.bytes(forks.sumBytes())
                  + " held by "
                  + forks.shares().size()
                  + " JVMs together"
                  + (forks.limitBytes() == null
                      ? ""
                      : "; the limit is " + Units.bytes(forks.limitBytes())),
              "forks",
              false,
              meter(forks.sumBytes())));
      return;
    }
    if (postMortem.verdict().kind() == VerdictKind.SHM_EXHAUSTED) {
      sharedMemory();
      return;
    }
    if (first.bytes() == null) {
      return;
    }
    Run run = run();
    Long limit = run == null ? null : run.limitBytes();
    points.add(
        new Point(
            "How much",
            Units.bytes(first.bytes())
                + what(postMortem.verdict().cause())
                + " "
                + VerdictWords.measure(first.measure())
                + (limit == null ? "" : "; the limit is " + Units.bytes(limit)),
            "",
            false,
            meter(first.bytes())));
  }

  /** The kind of memory, where it has a name of its own. */
  private static String what(Cause cause) {
    return switch (cause) {
      case NONE, UNKNOWN, CHILD_PROCESSES, OTHER_PROCESS, PARALLEL_FORKS -> "";
      case THREADS -> " of thread stacks";
      default -> " of " + VerdictWords.cause(cause);
    };
  }

  private void where(Culprit first, Culprit query) {
    String site = query == null ? null : site(query.id());
    if (site == null && first.type().equals("class")) {
      site = first.id();
    }
    if (site != null) {
      points.add(new Point("Where", VisibleText.label(line(site)), "", false, null));
    }
  }

  /** File and line of a stack frame; what is none stays. */
  private static String line(String site) {
    int from = site.lastIndexOf('(');
    return from > 0 && site.endsWith(")") && site.indexOf(':', from) > 0
        ? site.substring(from + 1, site.length() - 1)
        : site;
  }

  private String site(String queryId) {
    return postMortem.queries().stream()
        .filter(query -> query.id().equals(queryId) && query.work() != null)
        .map(query -> query.work().site())
        .filter(Objects::nonNull)
        .map(site -> site.split("\n", 2)[0])
        .findFirst()
        .orElse(null);
  }

  private Double meter(Long bytes) {
    Run run = run();
    Long limit = run == null ? null : run.limitBytes();
    return bytes == null || limit == null || limit == 0
        ? null
        : Double.valueOf(Math.min(HUNDRED, HUNDRED * bytes / limit));
  }

  /** The one that died first, else the only one. */
  private Run run() {
    if (!postMortem.kills().isEmpty()) {
      String id = postMortem.kills().get(0).runId();
      return postMortem.runs().stream().filter(run -> run.id().equals(id)).findFirst().orElse(null);
    }
    return postMortem.runs().size() == 1 ? postMortem.runs().get(0) : null;
  }

  private static Culprit first(List<Culprit> culprits, String type) {
    return culprits.stream()
        .filter(culprit -> culprit.type().equals(type))
        .findFirst()
        .orElse(null);
  }

  private void add(String name, String text, Culprit culprit) {
    points.add(new Point(name, text, anchor(culprit), false, null));
  }

  private String anchor(Culprit culprit) {
    Link link = names.link(culprit.type() + "-", culprit.id());
    return link == null ? "" : link.anchor();
  }
}
