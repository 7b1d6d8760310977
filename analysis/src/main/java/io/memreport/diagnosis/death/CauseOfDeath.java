// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.Victim;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import java.util.ArrayList;
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
 * @param clause what held it, to end a sentence with
 */
public record CauseOfDeath(
    Cause cause, String clause, List<Culprit> culprits, List<Evidence> evidence) {
  /** From this share of the limit on, shared memory is what filled it. */
  private static final double MUCH_SHARED = 0.3;

  /** A JVM that held less of what was used was not what used it up. */
  private static final double MOST = 0.5;

  /**
   * So much of the memory that all forks held, one of them may have had, and still be one of many.
   */
  private static final double ONE_OF_MANY = 0.65;

  /** Tests that took less of the kind than this part of what the first one took are not named. */
  private static final double WORTH_NAMING = 0.1;

  private static final int CULPRITS = 5;

  static CauseOfDeath of(Facts facts, Death death, Forks forks) {
    Finder finder = new Finder(facts, death, forks);
    CauseOfDeath found = finder.sharedMemory();
    found = found == null ? finder.parallelForks() : found;
    found = found == null ? finder.otherProcess() : found;
    return found == null ? finder.ownKind() : found;
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
      List<Culprit> culprits =
          tests(Cause.SHARED_MEMORY, sample -> difference(sample.cgroupBytes(), sample.rssBytes()));
      return new CauseOfDeath(
          Cause.SHARED_MEMORY,
          "tmpfs and shared memory held "
              + Units.bytes(shared)
              + ", which no kill frees"
              + (culprits.isEmpty() || culprits.get(0).bytes() == null
                  ? ""
                  : "; what is outside of the JVM grew by "
                      + Units.bytes(culprits.get(0).bytes())
                      + " while "
                      + Names.shown(culprits.get(0).name())
                      + " ran"),
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
      forks
          .shares()
          .forEach(
              share ->
                  share.tests().stream()
                      .map(facts::test)
                      .forEach(test -> culprits.add(Names.culprit(test, share.heldBytes()))));
      String fit =
          forks.wouldFit() == null
              ? ""
              : forks.wouldFit() == 0
                  ? "; not even one like the largest fits"
                  : "; "
                      + forks.wouldFit()
                      + (forks.wouldFit() == 1
                          ? " like the largest fits"
                          : " like the largest fit");
      return new CauseOfDeath(
          Cause.PARALLEL_FORKS,
          forks.shares().size()
              + " JVMs together held "
              + Units.bytes(forks.sumBytes())
              + (forks.limitBytes() == null ? "" : " of " + Units.bytes(forks.limitBytes()))
              + fit,
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
      long count =
          event.tasks().largest().stream()
              .filter(row -> largest.getKey().equals(row.name()) && !own.contains(row.pid()))
              .count();
      String who =
          (count > 1 ? count + " processes " : "the process ") + Names.shown(largest.getKey());
      return new CauseOfDeath(
          Cause.OTHER_PROCESS,
          who + " beside this JVM held " + Units.bytes(largest.getValue()),
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

    /** The same from what the recording saw of the cgroup. */
    private CauseOfDeath neighbours(long held) {
      CgroupSample cgroup = facts.timeline().lastCgroup(run.id());
      if (cgroup == null || cgroup.childBytes() == null || cgroup.siblingBytes() == null) {
        return null;
      }
      boolean child = cgroup.childBytes() > cgroup.siblingBytes();
      long bytes = Math.max(cgroup.childBytes(), cgroup.siblingBytes());
      if (bytes < held) {
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
          culprits,
          List.of(
              new Evidence(
                  "In its cgroup " + who + " held " + Units.bytes(bytes),
                  "recording",
                  cgroup.at())));
    }

    CauseOfDeath ownKind() {
      MemoryAtEnd memory = run.memoryAtEnd();
      if (memory == null) {
        return unknown();
      }
      Map<Cause, Long> kinds = new EnumMap<>(Cause.class);
      put(kinds, Cause.JAVA_HEAP, memory.javaHeapBytes());
      put(kinds, Cause.DIRECT_BUFFERS, memory.directBufferBytes());
      put(kinds, Cause.METASPACE, memory.metaspaceBytes());
      put(kinds, Cause.THREADS, memory.threadStackBytes());
      put(kinds, Cause.SQLITE_PAGE_CACHE, memory.sqliteBytes());
      put(kinds, Cause.NATIVE_OTHER, nativeGrowth());
      Map.Entry<Cause, Long> largest =
          kinds.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
      Long usage = usage();
      Long rss = memory.rssBytes();
      boolean innocent = usage != null && rss != null && rss < MOST * usage;
      if (largest == null || innocent) {
        return unknown();
      }
      return largest.getKey() == Cause.SQLITE_PAGE_CACHE
          ? sqlite(largest.getValue())
          : own(largest.getKey(), largest.getValue());
    }

    /**
     * By how much the largest kind of memory without an owner grew: a JVM that does nothing has
     * some of each.
     */
    private Long nativeGrowth() {
      Samples samples = Samples.of(facts, run);
      MemorySample first = samples.all().isEmpty() ? null : samples.all().get(0);
      if (first == null) {
        return null;
      }
      return Stream.<Function<MemorySample, Long>>of(
              MemorySample::mallocBytes, MemorySample::libraryBytes, MemorySample::otherBytes)
          .mapToLong(kind -> growth(kind.apply(first), kind.apply(last)))
          .max()
          .orElse(0);
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
      List<Culprit> culprits = tests(sqlite.cause(), MemorySample::sqliteBytes);
      culprits.addAll(sqlite.culprits());
      return new CauseOfDeath(
          sqlite.cause(),
          subject(culprits) + " held most: SQLite had " + Units.bytes(bytes) + ", " + sqlite.text(),
          culprits,
          List.of());
    }

    private CauseOfDeath own(Cause cause, long bytes) {
      List<Culprit> culprits = tests(cause, kind(cause));
      return new CauseOfDeath(
          cause,
          subject(culprits) + " held most: " + Units.bytes(bytes) + " of " + words(cause),
          culprits,
          List.of());
    }

    private static String subject(List<Culprit> culprits) {
      return culprits.isEmpty() || !culprits.get(0).type().equals("test")
          ? "this JVM"
          : Names.shown(culprits.get(0).name());
    }

    private CauseOfDeath unknown() {
      return new CauseOfDeath(
          Cause.UNKNOWN,
          "what held the memory is not known from here",
          tests(Cause.UNKNOWN, MemorySample::rssBytes),
          List.of());
    }

    static Function<MemorySample, Long> kind(Cause cause) {
      return switch (cause) {
        case JAVA_HEAP -> MemorySample::javaHeapBytes;
        case DIRECT_BUFFERS -> MemorySample::directBufferBytes;
        case METASPACE -> MemorySample::metaspaceBytes;
        case THREADS -> MemorySample::threadStackBytes;
        default -> MemorySample::rssBytes;
      };
    }

    static String words(Cause cause) {
      return switch (cause) {
        case JAVA_HEAP -> "Java heap";
        case DIRECT_BUFFERS -> "direct buffers";
        case METASPACE -> "metaspace";
        case THREADS -> "thread stacks";
        default -> "native memory that is nobody's by name";
      };
    }

    /** The tests during which it grew, and those that ran when the JVM died. */
    private List<Culprit> tests(Cause cause, Function<MemorySample, Long> kind) {
      List<Culprit> culprits = new ArrayList<>();
      List<TestGrowth> grown = TestGrowth.of(facts, run, kind);
      long most = grown.isEmpty() ? 0 : grown.get(0).bytes();
      for (TestGrowth growth : grown) {
        if (growth.bytes() >= WORTH_NAMING * most && culprits.size() < CULPRITS) {
          culprits.add(Names.culprit(growth.test(), growth.bytes()));
        }
      }
      if (culprits.isEmpty() && cause != Cause.UNKNOWN) {
        for (TestResult test : Deaths.runningAtEnd(facts, run)) {
          culprits.add(Names.culprit(test, null));
        }
      }
      return culprits;
    }
  }
}
