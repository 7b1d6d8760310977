// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.Victim;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.ForkShare;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What held the memory when a run died of a lack of it: something beside the JVM, several JVMs
 * together, or the largest kind of memory within this one.
 *
 * @param clause what held it, to end a sentence with; empty if nothing is said
 * @param subject who did, for a headline
 * @param held what it did, for a headline, as {@code held 170 MiB of Java heap}
 */
public record CauseOfDeath(
    Cause cause,
    String clause,
    String subject,
    String held,
    List<Culprit> culprits,
    List<Evidence> evidence) {
  /** From this share of the limit on, shared memory is what filled it. */
  private static final double MUCH_SHARED = 0.3;

  /** A machine with more of its memory left is not full. */
  private static final double ALMOST_FULL = 0.2;

  /** A JVM that held less of what was used was not what used it up. */
  private static final double MOST = 0.5;

  /**
   * So much of the memory that all forks held, one of them may have had, and still be one of many.
   */
  private static final double ONE_OF_MANY = 0.65;

  /** A kind that is a smaller part of the JVM's memory is not what it died of. */
  private static final double WORTH_NAMING = 0.2;

  private static final int CULPRITS = 5;

  public CauseOfDeath {
    culprits = culprits.stream().map(culprit -> culprit.measuredAs(Measured.HELD)).toList();
  }

  /** Of an ending of which nothing is said but who took part. */
  static CauseOfDeath of(Cause cause, List<Culprit> culprits, List<Evidence> evidence) {
    return new CauseOfDeath(cause, "", "", "", culprits, evidence);
  }

  /** Of a JVM that reached a limit of its own. */
  static CauseOfDeath of(Cause cause, Throwers throwers) {
    return new CauseOfDeath(
        cause,
        "",
        "",
        throwers.filled()
            ? cause == Cause.THREADS ? "had left most of them running" : "had filled it"
            : "",
        throwers.culprits(),
        throwers.evidence());
  }

  static CauseOfDeath of(Facts facts, Death death, Forks forks) {
    Finder finder = new Finder(facts, death, forks);
    CauseOfDeath found = finder.sharedMemory();
    found = found == null ? finder.parallelForks() : found;
    found = found == null ? finder.otherProcess() : found;
    return found == null ? finder.ownKind() : found;
  }

  /** What samples have of the kind of memory that a cause is; all that is resident of others. */
  static Function<MemorySample, Long> kind(Cause cause) {
    return switch (cause) {
      case JAVA_HEAP -> MemorySample::javaHeapBytes;
      case DIRECT_BUFFERS -> MemorySample::directBufferBytes;
      case METASPACE -> MemorySample::metaspaceBytes;
      case THREADS -> MemorySample::threadStackBytes;
      default -> MemorySample::rssBytes;
    };
  }

  private static final class Finder {
    private final Facts facts;
    private final Death death;
    private final Run run;
    private final LogEvent event;
    private final Forks forks;
    private final MemorySample last;

    Finder(Facts facts, Death death, Forks forks) {
      this.facts = facts;
      this.death = death;
      this.run = death.run();
      this.event = death.event();
      this.forks = forks;
      this.last = Samples.of(facts, run).last();
    }

    /** What was used of the limit that was reached, or null. */
    private Long usage() {
      LogLimit limit = event == null ? null : event.limit();
      if (limit != null && limit.usageBytes() != null) {
        return limit.usageBytes();
      }
      if (last != null && last.cgroupBytes() != null) {
        return last.cgroupBytes();
      }
      Long machine = run.context().machineBytes();
      return last == null || machine == null || last.machineAvailableBytes() == null
          ? null
          : Long.valueOf(machine - last.machineAvailableBytes());
    }

    private Long held() {
      Victim victim = death.match() == null ? null : death.match().victim();
      if (victim != null && victim.rssBytes() != null) {
        return victim.rssBytes();
      }
      return last == null ? null : last.rssBytes();
    }

    CauseOfDeath sharedMemory() {
      CgroupSample cgroup = facts.timeline().lastCgroup(run.id());
      boolean logged = event != null && event.memory() != null;
      Long shared =
          logged ? event.memory().shmemBytes() : cgroup == null ? null : cgroup.shmemBytes();
      Long usage = usage();
      if (shared == null || usage == null || shared < MUCH_SHARED * usage) {
        return null;
      }
      Holders holders =
          Holders.of(
              facts, run, sample -> difference(sample.cgroupBytes(), sample.rssBytes()), shared);
      List<Culprit> culprits = holders.culprits();
      return new CauseOfDeath(
          Cause.SHARED_MEMORY,
          "tmpfs and shared memory held "
              + Units.bytes(shared)
              + ", which stays allocated after a kill"
              + (culprits.isEmpty()
                  ? ""
                  : "; what is outside of the JVM grew by "
                      + Units.bytes(culprits.get(0).bytes())
                      + " while "
                      + Names.shown(culprits.get(0).name())
                      + " ran"),
          culprits.isEmpty() ? "tmpfs and shared memory" : Names.shown(culprits.get(0).name()),
          (culprits.isEmpty() ? "held " : "filled tmpfs and shared memory, ") + Units.bytes(shared),
          culprits,
          List.of(
              new Evidence(
                  "Of the "
                      + Units.bytes(usage)
                      + " charged to the cgroup, "
                      + Units.bytes(shared)
                      + " were tmpfs and shared memory",
                  logged ? "kernel-log" : "recording",
                  logged ? null : cgroup.at())));
    }

    private static Long difference(Long whole, Long part) {
      return whole == null || part == null ? null : Long.valueOf(whole - part);
    }

    CauseOfDeath parallelForks() {
      Long usage = usage();
      Long held = held();
      if (forks == null
          || held == null
          || usage == null
          || held > ONE_OF_MANY * usage
          || forks.sumBytes() < MOST * usage) {
        return null;
      }
      List<Culprit> culprits = new ArrayList<>();
      for (ForkShare share : forks.shares()) {
        Run fork =
            facts.runs().stream()
                .filter(one -> one.id().equals(share.runId()))
                .findFirst()
                .orElseThrow();
        // What runs in a fork when another dies may have taken nothing of what that holds.
        Holders.of(facts, fork, MemorySample::rssBytes, share.heldBytes()).culprits().stream()
            .filter(culprit -> share.tests().contains(culprit.id()))
            .map(culprit -> Names.culprit(facts.test(culprit.id()), share.heldBytes()))
            .forEach(culprits::add);
      }
      String fit =
          forks.wouldFit() == null
              ? ""
              : forks.wouldFit() == 0
                  ? "; not even one as large as the largest fits"
                  : forks.wouldFit() == 1
                      ? "; only one as large as the largest fits"
                      : "; only " + forks.wouldFit() + " as large as the largest fit";
      return new CauseOfDeath(
          Cause.PARALLEL_FORKS,
          forks.shares().size()
              + " JVMs together held "
              + Units.bytes(forks.sumBytes())
              + (forks.limitBytes() == null ? "" : " of " + Units.bytes(forks.limitBytes()))
              + fit,
          forks.shares().size() + " JVMs",
          "together held "
              + Units.bytes(forks.sumBytes())
              + (forks.wouldFit() == null
                  ? ""
                  : "; "
                      + (forks.wouldFit() == 0 ? "not one fits" : forks.wouldFit() + " would fit")),
          culprits,
          forks.shares().stream()
              .map(
                  share ->
                      new Evidence(
                          share.runId()
                              + " held "
                              + Units.bytes(share.heldBytes())
                              + (share.tests().isEmpty()
                                  ? ""
                                  : " while it ran "
                                      + share.tests().stream()
                                          .map(facts::test)
                                          .map(Names::test)
                                          .collect(Collectors.joining(", "))),
                          "recording",
                          forks.at()))
              .toList());
    }

    CauseOfDeath otherProcess() {
      Long held = held();
      Long usage = usage();
      if (held == null || usage == null || held > MOST * usage) {
        return null;
      }
      if (event == null || event.tasks() == null) {
        return neighbours(held);
      }
      Set<Long> own = facts.runs().stream().map(Run::pid).collect(Collectors.toSet());
      if (death.match().victim() != null) {
        own.add(death.match().victim().pid());
      }
      Map<String, Long> byName = new LinkedHashMap<>();
      for (TaskRow row : event.tasks().largest()) {
        if (!own.contains(row.pid())) {
          byName.merge(String.valueOf(row.name()), row.heldBytes(), Long::sum);
        }
      }
      long others = byName.values().stream().mapToLong(bytes -> bytes).sum();
      Map.Entry<String, Long> largest =
          byName.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
      if (largest == null || others < held) {
        return null;
      }
      CauseOfDeath children = children(others, own);
      if (children != null) {
        return children;
      }
      long count =
          event.tasks().largest().stream()
              .filter(row -> largest.getKey().equals(row.name()) && !own.contains(row.pid()))
              .count();
      String who =
          (count > 1 ? count + " processes " : "the process ") + Names.shown(largest.getKey());
      return new CauseOfDeath(
          Cause.OTHER_PROCESS,
          who + " beside this JVM held " + Units.bytes(largest.getValue()),
          who,
          "beside it held " + Units.bytes(largest.getValue()),
          List.of(new Culprit("process", largest.getKey(), largest.getKey(), largest.getValue())),
          List.of(
              new Evidence(
                  "In the kernel's table, processes that are none of these JVMs held "
                      + Units.bytes(others)
                      + ", this one "
                      + Units.bytes(held),
                  "kernel-log",
                  null)));
    }

    /** Where most of what others held is of processes that this JVM had started. */
    private CauseOfDeath children(long others, Set<Long> own) {
      TableChildren children =
          TableChildren.of(
              facts,
              run,
              event.tasks().largest().stream().filter(row -> !own.contains(row.pid())).toList());
      if (children.bytes() <= MOST * others) {
        return null;
      }
      String who = "processes that this JVM started";
      return new CauseOfDeath(
          Cause.CHILD_PROCESSES,
          who + " held " + Units.bytes(children.bytes()),
          who,
          "held " + Units.bytes(children.bytes()),
          children.culprits(),
          List.of(
              new Evidence(
                  "In the kernel's table " + who + " held " + Units.bytes(children.bytes()),
                  "kernel-log",
                  null)));
    }

    /**
     * Whether the machine ran full so fast that no sample saw it: what others held then is not
     * known, and the kernel takes the largest process.
     */
    private boolean isUnseen() {
      Long machine = run.context().machineBytes();
      return event != null
          && event.killer() == Killer.KERNEL_GLOBAL
          && machine != null
          && last != null
          && last.machineAvailableBytes() != null
          && last.machineAvailableBytes() > ALMOST_FULL * machine;
    }

    /** The same from what the recording saw of the cgroup. */
    private CauseOfDeath neighbours(long held) {
      CgroupSample cgroup = facts.timeline().lastCgroup(run.id());
      if (cgroup == null || cgroup.childBytes() == null || cgroup.siblingBytes() == null) {
        return null;
      }
      boolean child = cgroup.childBytes() > cgroup.siblingBytes();
      long bytes = Math.max(cgroup.childBytes(), cgroup.siblingBytes());
      if (bytes < held || isUnseen()) {
        return null;
      }
      List<Culprit> culprits =
          cgroup.processes().stream()
              .filter(process -> process.child() == child)
              .limit(CULPRITS)
              .map(
                  process ->
                      new Culprit(
                          "process", Long.toString(process.pid()), process.name(), process.bytes()))
              .toList();
      String who = child ? "processes that this JVM started" : "processes beside this JVM";
      return new CauseOfDeath(
          child ? Cause.CHILD_PROCESSES : Cause.OTHER_PROCESS,
          who + " held " + Units.bytes(bytes),
          who,
          "held " + Units.bytes(bytes),
          culprits,
          List.of(
              new Evidence(
                  "In its cgroup " + who + " held " + Units.bytes(bytes),
                  "recording",
                  cgroup.at())));
    }

    CauseOfDeath ownKind() {
      MemoryAtEnd memory = run.memoryAtEnd();
      Long usage = usage();
      Long held = held();
      if (memory == null) {
        return unknown(List.of());
      }
      if (usage != null && held != null && held < MOST * usage && !isUnseen()) {
        return unknown(
            List.of(
                Names.recorded(
                    "This JVM held "
                        + Units.bytes(held)
                        + " of "
                        + Units.bytes(usage)
                        + " that were in use: something else held the rest")));
      }
      CauseOfDeath sudden = sudden();
      if (sudden != null) {
        return sudden;
      }
      Map<Cause, Long> kinds = new EnumMap<>(Cause.class);
      put(kinds, Cause.JAVA_HEAP, memory.javaHeapBytes());
      put(kinds, Cause.DIRECT_BUFFERS, memory.directBufferBytes());
      put(kinds, Cause.METASPACE, memory.metaspaceBytes());
      put(kinds, Cause.THREADS, memory.threadStackBytes());
      put(kinds, Cause.SQLITE_PAGE_CACHE, memory.sqliteBytes());
      Function<MemorySample, Long> without = withoutOwner();
      put(kinds, Cause.NATIVE_OTHER, growth(without));
      Map.Entry<Cause, Long> largest =
          kinds.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
      Long rss = memory.rssBytes();
      if (largest == null || rss != null && largest.getValue() < WORTH_NAMING * rss) {
        return unknown(
            largest == null
                ? List.of()
                : List.of(
                    Names.recorded(
                        "The largest part that is known are "
                            + Units.bytes(largest.getValue())
                            + " of "
                            + words(largest.getKey())
                            + ", too little to be the cause")));
      }
      return switch (largest.getKey()) {
        case SQLITE_PAGE_CACHE -> sqlite(largest.getValue());
        case NATIVE_OTHER -> own(Cause.NATIVE_OTHER, largest.getValue(), without);
        default -> own(largest.getKey(), largest.getValue(), kind(largest.getKey()));
      };
    }

    /**
     * A JVM that took most of its memory after its last sample, by its size in the log; of which
     * kind is not known then, but whose it is if one test ran.
     */
    private CauseOfDeath sudden() {
      Victim victim = death.match() == null ? null : death.match().victim();
      Long killed = victim == null ? null : victim.rssBytes();
      if (killed == null
          || last == null
          || last.rssBytes() == null
          || killed - last.rssBytes() < MOST * killed) {
        return null;
      }
      long since = killed - last.rssBytes();
      List<TestResult> running = Deaths.runningAtEnd(facts, run);
      List<Culprit> culprits =
          running.size() == 1 ? List.of(Names.culprit(running.get(0), since)) : List.of();
      return new CauseOfDeath(
          Cause.UNKNOWN,
          (culprits.isEmpty() ? "this JVM" : Names.test(running.get(0)))
              + " took "
              + Units.bytes(since)
              + " after the last sample, too fast to tell of which kind",
          culprits.isEmpty() ? "it" : Names.test(running.get(0)),
          "took " + Units.bytes(since) + " in its last moment",
          culprits,
          List.of());
    }

    /**
     * The kind of memory without an owner that grew most: a JVM that does nothing has some of each.
     */
    private Function<MemorySample, Long> withoutOwner() {
      return Stream.<Function<MemorySample, Long>>of(
              MemorySample::mallocBytes, MemorySample::libraryBytes, MemorySample::otherBytes)
          .max(Comparator.comparingLong(this::growth))
          .orElseThrow();
    }

    private long growth(Function<MemorySample, Long> kind) {
      Samples samples = Samples.of(facts, run);
      return samples.all().isEmpty()
          ? 0
          : growth(kind.apply(samples.all().get(0)), kind.apply(last));
    }

    private static long growth(Long from, Long to) {
      return to == null ? 0 : to - (from == null ? 0 : from);
    }

    private static void put(Map<Cause, Long> kinds, Cause cause, Long bytes) {
      if (bytes != null && bytes > 0) {
        kinds.put(cause, bytes);
      }
    }

    private CauseOfDeath sqlite(long bytes) {
      SqliteCause sqlite = SqliteCause.of(facts, run, bytes);
      Holders holders = Holders.of(facts, run, MemorySample::sqliteBytes, bytes);
      List<Culprit> culprits = new ArrayList<>(holders.culprits());
      culprits.addAll(sqlite.culprits());
      return new CauseOfDeath(
          sqlite.cause(),
          holders.subject()
              + " held most: SQLite had "
              + Units.bytes(bytes)
              + ", "
              + sqlite.text(bytes),
          holders.culprits().isEmpty() ? sqlite.subject() : holders.subject(),
          "held " + Units.bytes(holders.bytesOr(bytes)) + " in SQLite",
          culprits,
          holders.evidence());
    }

    private CauseOfDeath own(Cause cause, long bytes, Function<MemorySample, Long> kind) {
      Holders holders =
          cause == Cause.JAVA_HEAP
              ? HeapHolders.of(facts, run, bytes)
              : Holders.of(facts, run, kind, bytes);
      return new CauseOfDeath(
          cause,
          holders.subject() + " held most: " + Units.bytes(bytes) + " of " + words(cause),
          holders.subject(),
          "held " + Units.bytes(holders.bytesOr(bytes)) + " of " + words(cause),
          holders.culprits(),
          holders.evidence());
    }

    private CauseOfDeath unknown(List<Evidence> evidence) {
      return new CauseOfDeath(
          Cause.UNKNOWN,
          "nothing tells what held the memory",
          "nothing",
          "tells what held the memory",
          List.of(),
          evidence);
    }

    static String words(Cause cause) {
      return switch (cause) {
        case JAVA_HEAP -> "Java heap";
        case DIRECT_BUFFERS -> "direct buffers";
        case METASPACE -> "metaspace";
        case THREADS -> "thread stacks";
        default -> "native memory with unknown owner";
      };
    }
  }
}
