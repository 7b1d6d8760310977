// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.shm;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.shared.SegmentEvent;
import io.memreport.recorder.event.shared.SharedLimitsEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.process.Children;
import io.memreport.recorder.scope.Tests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Shared memory as samples see it: who created which segment, how large it became, who has it
 * attached, and when it went.
 *
 * <p>While processes of this JVM run, each sample looks; otherwise one in five seconds. A System V
 * segment that lives shorter is not seen, but the kernel numbers them one after the other: numbers
 * that were passed over are counted.
 */
public final class Segments {
  private static final long SECOND_NANOS = 1_000_000_000;

  /** Without processes of its own, what a JVM does to shared memory is seldom short. */
  private static final long ALONE_NANOS = 5 * SECOND_NANOS;

  /** After one look the next waits so many times as long as it took: at most 5 % of a core. */
  private static final long REST = 20;

  /** For so long after a file was written each look asks who has it mapped. */
  private static final long YOUNG_MILLIS = 5_000;

  /** In a folder of more files than this it takes too long to ask each. */
  private static final int MOST = 1000;

  /**
   * With {@code IPCMNI} 32768 a number is 32768 times a sequence number, plus a slot: ipc/util.h.
   */
  private static final int SLOT_BITS = 15;

  private final Children children;
  private final String own = Long.toString(ProcessHandle.current().pid());
  private final Map<String, SegmentEvent> known = new LinkedHashMap<>();
  private final boolean sysv = SysvSegment.canBeRead();

  /** Maps are read once for all that is looked for in them. */
  private final Map<String, Map<String, SharedMap>> looked = new HashMap<>();

  private boolean first = true;
  private String lastTable = "";
  private int lastId = -1;
  private long lastLook;
  private long lookCost;
  private long lastMaps;

  /** When the last look began that saw all there was, and the last one of those at maps. */
  private long sawAll;

  private long sawMaps;
  private long mapsCost;
  private int lastChanges;

  /** Processes had so often come or gone when the files were last asked for. */
  private int filesChanges;

  private long unseen;
  private long idsPeak;
  private long devShmPeak;
  private long limitsHash;
  private ShmLimits limits;

  /**
   * @param children the processes that segments may belong to
   */
  public Segments(Children children) {
    this.children = children;
  }

  /** Looks at what there is; each sample. */
  public void sample() {
    long now = System.nanoTime();
    // What a process maps it does soon after it began, and loses when it ends.
    long since = now - lastMaps;
    boolean changed = children.changes() != lastChanges && since >= REST * mapsCost;
    long period = children.pids().isEmpty() ? ALONE_NANOS : SECOND_NANOS;
    if (first || since >= Math.max(period, REST * mapsCost) || changed) {
      lastChanges = children.changes();
      look(true);
      lastMaps = System.nanoTime();
      mapsCost = lastMaps - now;
    } else if (!children.pids().isEmpty() && now - lastLook >= REST * lookCost) {
      look(false);
      lastLook = System.nanoTime();
      lookCost = lastLook - now;
    }
  }

  /** Writes how things stand at the end of a chunk. */
  public void writeLast() {
    look(true);
    for (SegmentEvent segment : known.values()) {
      copyOf(segment).commit();
    }
    limitsHash = 0;
    writeLimits();
  }

  private static String name(SegmentEvent segment) {
    return segment.kind + " " + segment.id;
  }

  private void look(boolean maps) {
    long began = System.nanoTime();
    looked.clear();
    Set<String> there = new HashSet<>();
    List<SegmentEvent> seen = new ArrayList<>();
    boolean readSysv = readSysv(seen, maps);
    boolean readAll = readPosix(seen, maps) && readSysv;
    if (maps) {
      readMaps(seen);
    }
    for (SegmentEvent segment : seen) {
      there.add(name(segment));
      SegmentEvent before = known.get(name(segment));
      if (before == null || differ(before, segment)) {
        segment.earlier = before == null ? first : before.earlier;
        known.put(name(segment), segment);
        copyOf(segment).commit();
      } else {
        before.idleMillis = segment.idleMillis;
        before.resident = segment.resident;
      }
    }
    // What could not be read is not gone.
    if (readAll) {
      forget(there, maps);
      sawAll = began;
      sawMaps = maps ? began : sawMaps;
    }
    first = false;
    measureDevShm();
    if (maps) {
      writeLimits();
    }
  }

  /** What only maps tell of is looked for less often. */
  private void forget(Set<String> there, boolean maps) {
    known
        .values()
        .removeIf(
            segment -> {
              boolean listed =
                  segment.kind.equals(SegmentEvent.SYSV) || segment.kind.equals(SegmentEvent.POSIX);
              if (!maps && !listed || there.contains(name(segment))) {
                return false;
              }
              SegmentEvent last = copyOf(segment);
              last.gone = true;
              last.attached = 0;
              last.unseenMillis =
                  TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - (listed ? sawAll : sawMaps));
              last.commit();
              return true;
            });
  }

  private boolean readSysv(List<SegmentEvent> seen, boolean now) {
    if (!sysv) {
      return true;
    }
    List<SysvSegment> table;
    try {
      String text = Files.readString(SysvSegment.TABLE);
      if (text.equals(lastTable) && !now) {
        known.values().stream()
            .filter(segment -> segment.kind.equals(SegmentEvent.SYSV))
            .forEach(seen::add);
        return true;
      }
      lastTable = text;
      table = SysvSegment.parse(text);
    } catch (IOException e) {
      Failure.note("Reading System V segments", e);
      return false;
    }
    countUnseen(table);
    idsPeak = Math.max(idsPeak, table.size());
    for (SysvSegment segment : table) {
      seen.add(event(segment));
    }
    return true;
  }

  private SegmentEvent event(SysvSegment segment) {
    SegmentEvent event = new SegmentEvent();
    event.kind = SegmentEvent.SYSV;
    event.id = Integer.toString(segment.id());
    event.bytes = segment.bytes();
    event.resident = segment.residentBytes();
    event.key = Integer.toHexString(segment.key());
    event.creatorPid = segment.creatorPid();
    event.lastPid = segment.lastPid();
    event.attached = segment.attached();
    event.uid = segment.uid();
    event.changedAt = segment.changedAt() * 1000;
    event.creatorRuns = Liveness.runs(segment.creatorPid(), segment.changedAt());
    event.lastRuns =
        segment.lastPid() == segment.creatorPid()
            ? event.creatorRuns
            : Liveness.runs(
                segment.lastPid(), Math.max(segment.attachedAt(), segment.detachedAt()));
    if (segment.attached() == 0) {
      long since = Math.max(segment.detachedAt(), segment.changedAt()) * 1000;
      event.idleMillis = Math.max(0, System.currentTimeMillis() - since);
    }
    SegmentEvent before = known.get(name(event));
    boolean same = before != null && before.creatorPid == event.creatorPid;
    event.testId = same ? before.testId : testOf(event);
    return event;
  }

  private void countUnseen(List<SysvSegment> table) {
    int highest = lastId;
    for (SysvSegment segment : table) {
      highest = Math.max(highest, segment.id());
    }
    int sequence = highest >> SLOT_BITS;
    if (lastId >= 0 && lastId >> SLOT_BITS == sequence) {
      long passed = (long) highest - lastId;
      for (SysvSegment segment : table) {
        // A slot that is taken by an older segment is passed over, too.
        int slot = segment.id() & ((1 << SLOT_BITS) - 1);
        long number = (long) sequence << SLOT_BITS | slot;
        if (number > lastId && number <= highest) {
          passed--;
        }
      }
      unseen += passed;
    }
    lastId = highest;
  }

  private boolean readPosix(List<SegmentEvent> seen, boolean maps) {
    String[] names = ShmLimits.DEV_SHM.toFile().list();
    if (names == null) {
      return false;
    }
    // Of very many the same ones each time.
    Arrays.sort(names);
    boolean changed = children.changes() != filesChanges;
    filesChanges = children.changes();
    for (int i = 0; i < Math.min(names.length, MOST); i++) {
      SegmentEvent before =
          known.get(SegmentEvent.POSIX + " " + ShmLimits.DEV_SHM + "/" + names[i]);
      if (!maps && before != null && !mayFindCreator(before, changed)) {
        seen.add(before);
        continue;
      }
      try {
        Path path = ShmLimits.DEV_SHM.resolve(names[i]);
        Map<String, Object> facts =
            Files.readAttributes(path, "unix:size,uid,lastModifiedTime,mode");
        SegmentEvent event = new SegmentEvent();
        event.kind = SegmentEvent.POSIX;
        event.id = path.toString();
        event.bytes = (Long) facts.get("size");
        event.uid = (Integer) facts.get("uid");
        event.changedAt = ((FileTime) facts.get("lastModifiedTime")).toMillis();
        attach(event, before);
        seen.add(event);
      } catch (IOException | RuntimeException e) {
        // It went in this very moment, or its name is none in this JVM's character set.
      }
    }
    return true;
  }

  /** Who made a file may map it, or be found, later than the file is. */
  private static boolean mayFindCreator(SegmentEvent file, boolean processesChanged) {
    return file.creatorPid == MemreportEvent.UNKNOWN
        && (processesChanged || System.currentTimeMillis() - file.changedAt < YOUNG_MILLIS);
  }

  /** Finds who has a file mapped, among this JVM and its processes. */
  private void attach(SegmentEvent event, SegmentEvent before) {
    long attached = 0;
    long creator = before == null ? MemreportEvent.UNKNOWN : before.creatorPid;
    for (String pid : processes()) {
      if (maps(pid).containsKey(event.id)) {
        attached++;
        creator = creator == MemreportEvent.UNKNOWN ? Long.parseLong(pid) : creator;
      }
    }
    event.attached = attached;
    event.creatorPid = creator;
    event.creatorRuns = creator != MemreportEvent.UNKNOWN && Liveness.runs(creator, Long.MAX_VALUE);
    event.lastRuns = event.creatorRuns;
    event.testId = before == null || before.testId == 0 ? testOf(event) : before.testId;
  }

  private void readMaps(List<SegmentEvent> seen) {
    Map<String, SegmentEvent> found = new LinkedHashMap<>();
    for (String pid : processes()) {
      for (SharedMap map : maps(pid).values()) {
        if (map.kind().equals(SegmentEvent.SYSV) || map.kind().equals(SegmentEvent.POSIX)) {
          continue;
        }
        SegmentEvent event = found.get(map.id());
        if (event == null) {
          SegmentEvent before = known.get(map.kind() + " " + map.id());
          event = new SegmentEvent();
          event.kind = map.kind();
          event.id = map.id();
          event.creatorPid = before == null ? Long.parseLong(pid) : before.creatorPid;
          event.creatorRuns = Liveness.runs(event.creatorPid, Long.MAX_VALUE);
          event.lastRuns = event.creatorRuns;
          event.attached = 0;
          event.testId = before == null ? testOf(event) : before.testId;
          found.put(map.id(), event);
        }
        event.bytes = Math.max(event.bytes, map.bytes());
        event.attached++;
      }
    }
    seen.addAll(found.values());
  }

  private Map<String, SharedMap> maps(String pid) {
    return looked.computeIfAbsent(pid, SharedMap::of);
  }

  private List<String> processes() {
    List<String> pids = new ArrayList<>();
    pids.add(own);
    children.pids().stream().sorted().forEach(pid -> pids.add(Long.toString(pid)));
    return pids;
  }

  /** This JVM's own segments belong to the test that runs, if it is the only one. */
  private long testOf(SegmentEvent event) {
    // What was there first may have a creator whose number is another's now.
    if (first || event.creatorPid == MemreportEvent.UNKNOWN) {
      return MemreportEvent.OUTSIDE_TESTS;
    }
    if (own.equals(Long.toString(event.creatorPid))) {
      return Tests.idOfSole();
    }
    long test = children.testOf(event.creatorPid);
    return test == MemreportEvent.UNKNOWN ? MemreportEvent.OUTSIDE_TESTS : test;
  }

  private void measureDevShm() {
    File folder = ShmLimits.DEV_SHM.toFile();
    devShmPeak = Math.max(devShmPeak, folder.getTotalSpace() - folder.getFreeSpace());
  }

  private void writeLimits() {
    if (limits == null) {
      // Finding the file system takes the list of all mounts; sizes are asked for each time.
      limits = ShmLimits.now();
    }
    SharedLimitsEvent event = new SharedLimitsEvent();
    event.ids = limits.ids();
    event.pages = limits.pages();
    event.pageSize = limits.pageSize();
    event.segmentBytes = limits.segmentBytes();
    event.namespace = limits.namespace();
    if (sysv) {
      event.idsUsed = 0;
      event.pagesUsed = 0;
      for (SegmentEvent segment : known.values()) {
        if (segment.kind.equals(SegmentEvent.SYSV)) {
          event.idsUsed++;
          event.pagesUsed += (segment.bytes + limits.pageSize() - 1) / limits.pageSize();
        }
      }
      event.idsPeak = idsPeak;
      event.unseen = unseen;
    }
    event.devShm = limits.devShmBytes();
    if (limits.devShmBytes() != MemreportEvent.UNKNOWN) {
      File folder = ShmLimits.DEV_SHM.toFile();
      event.devShmUsed = folder.getTotalSpace() - folder.getFreeSpace();
      event.devShmPeak = devShmPeak;
    }
    long hash =
        List.of(event.ids, event.idsUsed, event.pagesUsed, event.devShm, event.devShmUsed, unseen)
            .hashCode();
    if (hash != limitsHash) {
      limitsHash = hash;
      event.commit();
    }
  }

  private static boolean differ(SegmentEvent a, SegmentEvent b) {
    return a.bytes != b.bytes
        || a.attached != b.attached
        || a.creatorPid != b.creatorPid
        || a.lastPid != b.lastPid
        || a.creatorRuns != b.creatorRuns
        || a.lastRuns != b.lastRuns
        || a.testId != b.testId;
  }

  /** An event can be committed once. */
  private static SegmentEvent copyOf(SegmentEvent segment) {
    SegmentEvent copy = new SegmentEvent();
    copy.kind = segment.kind;
    copy.id = segment.id;
    copy.bytes = segment.bytes;
    copy.resident = segment.resident;
    copy.key = segment.key;
    copy.creatorPid = segment.creatorPid;
    copy.lastPid = segment.lastPid;
    copy.attached = segment.attached;
    copy.uid = segment.uid;
    copy.testId = segment.testId;
    copy.creatorRuns = segment.creatorRuns;
    copy.lastRuns = segment.lastRuns;
    copy.gone = segment.gone;
    copy.earlier = segment.earlier;
    copy.changedAt = segment.changedAt;
    copy.idleMillis = segment.idleMillis;
    return copy;
  }
}
