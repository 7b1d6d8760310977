// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import io.memreport.recorder.proc.Departures;
import io.memreport.recorder.proc.ProcFile;
import io.memreport.recorder.proc.ProcStat;
import io.memreport.recorder.redact.CommandLine;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The processes that belong to this JVM's tests: those that it started, and all that came of them,
 * whether their parents still live or not. A daemon's parent is PID 1; its environment, or that of
 * the process which it was when it was first seen, says where it comes from.
 *
 * <p>Nothing is looked for until a process was started. One that is gone before the next look was
 * recorded by its start, if this JVM started it; otherwise it is missed.
 */
public final class Children {
  private static final long LOOK_NANOS = 200_000_000;

  /** So soon after a start, each sample looks: what is started starts others. */
  private static final long SOON_NANOS = 2_000_000_000;

  /** After one look the next waits so many times as long as it took: at most 5 % of a core. */
  private static final long REST = 20;

  /** With more than this it takes too long to ask each. */
  private static final int MOST = 500;

  private static final int MOST_ENDED = 1000;

  /** Whatever keeps the sampler from its work, no more starts than this wait for it. */
  private static final int MOST_WAITING = 10_000;

  private static final BlockingQueue<Start> STARTED = new LinkedBlockingQueue<>(MOST_WAITING);

  /** Null where processes are files. */
  private static volatile ProcessTable table;

  private final Map<Long, Child> alive = new HashMap<>();

  /** Those that are gone, for what they left behind. */
  private final Map<Long, Child> ended =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Child> eldest) {
          return size() > MOST_ENDED;
        }
      };

  /** Processes that were looked at and are not ours. */
  private final Set<Long> others = new HashSet<>();

  private boolean any;
  private int changes;
  private long lastStart;
  private long lastLook;
  private long lookCost;

  /** A run begins: what was started before is not of its tests. */
  public static void forget() {
    STARTED.clear();
    Departures.clear();
  }

  /** Where processes are read from on a system without {@code /proc}. */
  public static void readFrom(ProcessTable processes) {
    table = processes;
  }

  static void started(Start start) {
    STARTED.offer(start);
  }

  /** Looks for processes that have started or ended, and writes what they hold; each sample. */
  public void sample() {
    long now = System.nanoTime();
    adoptStarted(now);
    if (!any || alive.isEmpty() && now - lastStart > SOON_NANOS) {
      return;
    }
    long pause =
        now - lastStart < SOON_NANOS ? REST * lookCost : Math.max(LOOK_NANOS, REST * lookCost);
    if (now - lastLook >= pause) {
      lookAndWrite(false);
      lastLook = System.nanoTime();
      lookCost = lastLook - now;
    }
  }

  /** Writes how things stand at the end of a chunk. */
  public void writeLast() {
    adoptStarted(System.nanoTime());
    if (any) {
      lookAndWrite(true);
    }
  }

  private void lookAndWrite(boolean last) {
    ProcessTable given = table;
    if (given == null) {
      look();
      writeMemory(last);
    } else {
      read(given.below(ProcessHandle.current().pid()), last);
    }
  }

  private void read(List<ProcessTable.Entry> entries, boolean last) {
    Set<Long> there = new HashSet<>();
    for (ProcessTable.Entry entry : entries) {
      there.add(entry.pid());
      Child known = alive.get(entry.pid());
      if (known == null || !known.isSameAs(entry)) {
        Child parent = alive.get(entry.parent());
        if (alive.size() >= MOST) {
          continue;
        }
        known = Child.found(entry, parent == null ? 0 : parent.testId);
        adopt(known);
        known.write(CommandLine.withoutSecrets(entry.command()));
      }
      known.writeMemory(entry, last);
    }
    List.copyOf(alive.values()).stream()
        .filter(child -> !there.contains(child.pid))
        .forEach(this::end);
  }

  /** Counts processes that came or went. */
  public int changes() {
    return changes;
  }

  /** The process numbers of those that are alive. */
  public Collection<Long> pids() {
    return alive.keySet();
  }

  /**
   * The test that a process belongs to, whether it is alive or not: 0 for none, unknown if the
   * process is none of these.
   */
  public long testOf(long pid) {
    Child known = alive.getOrDefault(pid, ended.get(pid));
    if (known == null && any) {
      // It made something before the next look for processes was due.
      ProcStat stat = ProcStat.of(pid);
      known = stat == null ? null : find(stat);
    }
    return known == null ? MemreportEvent.UNKNOWN : known.testId;
  }

  private void adoptStarted(long now) {
    for (Start start = STARTED.poll(); start != null; start = STARTED.poll()) {
      adopt(start.child());
      lastStart = now;
    }
  }

  private void adopt(Child child) {
    any = true;
    changes++;
    Child before = alive.get(child.pid);
    boolean same = table != null && child.startTicks == MemreportEvent.UNKNOWN;
    if (before != null && (same || before.startTicks == child.startTicks)) {
      // It was found before its start was told of.
      before.startedBy(child);
    } else {
      if (before != null) {
        end(before);
      }
      alive.put(child.pid, child);
    }
    others.remove(child.pid);
  }

  private void look() {
    String[] names = new File(ProcFile.ROOT).list();
    if (names == null) {
      if (!Starts.hasProc()) {
        List.copyOf(alive.values()).stream().filter(child -> !isThere(child)).forEach(this::end);
      }
      return;
    }
    Set<Long> there = new HashSet<>();
    for (String name : names) {
      if (Character.digit(name.charAt(0), 10) >= 0) {
        there.add(Long.valueOf(name));
      }
    }
    others.retainAll(there);
    List<Long> fresh = new ArrayList<>(there);
    fresh.removeIf(pid -> others.contains(pid) || alive.containsKey(pid) || Starts.isOwn(pid));
    // Parents come before their children, except where numbers wrap around.
    fresh.sort(null);
    for (long pid : fresh) {
      ProcStat stat = ProcStat.of(pid);
      if (stat != null && find(stat) == null && !Starts.isOwn(stat.parent())) {
        others.add(pid);
      }
    }
    for (Child child : List.copyOf(alive.values())) {
      if (!there.contains(child.pid) || !isThere(child)) {
        end(child);
      }
    }
  }

  /** Null for a process that is none of ours. */
  private Child find(ProcStat stat) {
    Child known = alive.get(stat.pid());
    if (known != null && known.is(stat)) {
      return known;
    }
    if (!stat.isAlive() || alive.size() >= MOST) {
      return null;
    }
    Mark mark = Mark.of(stat.pid());
    Child parent = alive.get(stat.parent());
    Child found = null;
    if (Starts.isOurs(mark)) {
      found = Child.found(stat, mark.testId(), ChildStartEvent.MARK);
    } else if (parent != null) {
      found = Child.found(stat, parent.testId, ChildStartEvent.PARENT);
    }
    if (found != null) {
      adopt(found);
      found.write(null);
    }
    return found;
  }

  private void writeMemory(boolean last) {
    for (Child child : new ArrayList<>(alive.values())) {
      child.write(null);
      if (!child.writeMemory(last) && !isThere(child)) {
        end(child);
      }
    }
  }

  /** A zombie may wait long for its parent: it is over all the same. */
  private static boolean isThere(Child child) {
    ProcStat stat = ProcStat.of(child.pid);
    return stat == null
        ? !Starts.hasProc() && child.isAlive()
        : stat.isAlive() && child.isSameAs(stat);
  }

  private void end(Child child) {
    child.writeEnd();
    changes++;
    alive.remove(child.pid);
    ended.put(child.pid, child);
  }
}
