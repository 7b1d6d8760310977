// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.event.memory.CgroupEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.heap.Boundaries;
import io.memreport.recorder.heap.FullCollection;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.loop.Periodic;
import io.memreport.recorder.proc.ProcFile;
import io.memreport.recorder.process.Children;
import io.memreport.recorder.scope.NativeAccounting;
import io.memreport.recorder.shm.Segments;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Writes a {@link MemorySampleEvent} each period. */
public final class MemorySampler {
  private static final long SECOND_MILLIS = 1000;
  private static final long END_MILLIS = 5000;

  /** So much of the limit, what the cgroup uses has moved by when it is looked at early. */
  private static final int MOVED_PART = 20;

  private static final long SOON_NANOS = 200_000_000;
  private static final long LAST_MILLIS = 500;

  /** With less than this part of the limit left, a kill is near. */
  private static final int NEAR_LIMIT_PART = 4;

  /** Held while a sample is taken; see docs/locks.md. */
  private final ReentrantLock sampling = new ReentrantLock();

  private final long periodMillis;
  private final Periodic loop;
  private final ProcFile status = new ProcFile(ProcFile.ROOT + "/self/status");
  private final ProcFile machine = new ProcFile(ProcFile.ROOT + "/meminfo");
  private final Cgroup cgroup;
  private final CgroupMemory surroundings;
  private final Children children = new Children();
  private final Segments segments = new Segments(children);
  private final NeighbourProcesses neighbours;
  private final Pressure pressure;
  private CgroupEvent around;
  private long lastAround = System.nanoTime() - SOON_NANOS;
  private final NativeMemory natives = new NativeMemory();
  private final ProcessMemory process = new ProcessMemory(status);
  private MemoryMap map;
  private JavaMemory java;
  private long millisSinceSecond;
  private final MapSchedule schedule = new MapSchedule();
  private MappedMemory mapped;

  /**
   * @param periodMillis time between samples
   * @param cgroup whose memory is looked at
   */
  public MemorySampler(long periodMillis, Cgroup cgroup) {
    this.periodMillis = periodMillis;
    this.cgroup = cgroup;
    surroundings = new CgroupMemory(cgroup);
    neighbours = new NeighbourProcesses(cgroup, children);
    pressure = new Pressure(cgroup);
    loop =
        new Periodic(
            "memreport-sampler",
            periodMillis,
            this::sample,
            e -> Failure.note("Sampling memory", e));
  }

  /** Begins to sample. */
  public void start() {
    loop.start();
    FullCollection.then(this::writeBoundary);
    Boundaries.tell(
        new Boundaries.Watcher() {
          @Override
          public void firstBegins() {
            unlessBusy(MemorySampler.this::writeWhole);
          }

          @Override
          public void ended() {
            unlessTaken(MemorySampler.this::testEnds);
          }
        });
  }

  /** Ends sampling. */
  public void stop() {
    FullCollection.then(null);
    Boundaries.tell(null);
    loop.stop();
  }

  /** Waits until it has ended, but not for ever. */
  public void join() throws InterruptedException {
    loop.join(END_MILLIS);
  }

  private void sample() {
    sampling.lock();
    try {
      sampleHolding();
    } finally {
      sampling.unlock();
    }
  }

  private void sampleHolding() {
    NativeAccounting.librariesMayHaveAppeared();
    write(false);
    lookAtOthers(children::sample);
    lookAtOthers(segments::sample);
    millisSinceSecond += periodMillis;
    if (millisSinceSecond >= SECOND_MILLIS) {
      millisSinceSecond = 0;
      NativeAccounting.verify();
      natives.writeLibraries();
      process.writeNowAndThen(mapped);
      if (System.nanoTime() - lastAround > SOON_NANOS) {
        writeSurroundings();
      }
    }
  }

  /** What goes wrong with other processes costs nothing of what is known of this one. */
  private static void lookAtOthers(Runnable look) {
    Failure.notedIn("Looking at processes and shared memory", look);
  }

  /**
   * Writes how things stand at the end of a chunk. JFR calls it with its own locks held: while a
   * sample does not end, as the files of a process that hangs may not, the chunk goes without.
   */
  public void writeLast() {
    unlessBusy(this::writeLastHolding);
  }

  /**
   * Writes how things stand between two tests, on the thread of the test: what each leaves is told
   * from the samples before and after it.
   */
  private void writeBoundary() {
    unlessBusy(() -> write(true));
  }

  /** With what malloc keeps free, which is no test's. */
  private void writeWhole() {
    write(true);
    process.write(mapped);
  }

  private void testEnds() {
    if (status.read() && schedule.isDueAfterTest(System.nanoTime(), status.kilobytes("VmRSS:"))) {
      write(true);
    }
  }

  /** Who samples already need not be waited for. */
  private void unlessTaken(Runnable work) {
    if (sampling.tryLock()) {
      try {
        work.run();
      } finally {
        sampling.unlock();
      }
    }
  }

  private void unlessBusy(Runnable work) {
    try {
      if (!sampling.tryLock(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      work.run();
    } finally {
      sampling.unlock();
    }
  }

  private void writeLastHolding() {
    write(true);
    lookAtOthers(children::writeLast);
    lookAtOthers(segments::writeLast);
    natives.writeLibraries();
    process.write(mapped);
    writeSurroundings();
  }

  /** What is beside this process: its cgroup, and how the machine fares. */
  private void writeSurroundings() {
    CgroupEvent event = new CgroupEvent();
    if (surroundings.fill(event)) {
      neighbours.fill(event);
      event.commit();
      around = event;
      lastAround = System.nanoTime();
    }
    pressure.write();
  }

  /** A limit may be reached by others within less than a second. */
  private void lookAround(MemorySampleEvent sample) {
    boolean moved =
        around != null
            && sample.limit != MemorySampleEvent.UNKNOWN
            && Math.abs(sample.cgroupUsage - around.usage) > sample.limit / MOVED_PART;
    // Who was killed is told from who is gone at the same instant.
    boolean killed = around != null && surroundings.kills() != around.oomKills;
    if (killed || moved && System.nanoTime() - lastAround > SOON_NANOS) {
      writeSurroundings();
    }
    if (around != null) {
      sample.cgroupShmem = around.shmem;
      sample.children = around.children;
      sample.siblings = around.siblings;
    }
  }

  private void readMap(MemorySampleEvent sample, boolean now) {
    long from = System.nanoTime();
    long rss = sample.rss;
    boolean nearLimit =
        sample.limit != MemorySampleEvent.UNKNOWN
            && sample.cgroupUsage > sample.limit - sample.limit / NEAR_LIMIT_PART;
    if (!now && !schedule.isDue(from, rss, nearLimit)) {
      return;
    }
    if (map == null) {
      map = new MemoryMap();
    }
    mapped = map.read();
    schedule.done(from, System.nanoTime(), rss);
  }

  private void write(boolean mapNow) {
    if (java == null) {
      // Management beans are slow to start, and some programs want to be there before them.
      JavaMemory beans = new JavaMemory();
      JvmLimits.write();
      OomdSettings.write();
      ExhaustionWatch.start();
      // Last: where one of these finds no memory, all are tried again.
      java = beans;
    }
    MemorySampleEvent event = new MemorySampleEvent();
    java.fill(event);
    natives.fill(event);
    if (status.read()) {
      event.rss = status.kilobytes("VmRSS:");
      event.rssAnon = status.kilobytes("RssAnon:");
      event.rssFile = status.kilobytes("RssFile:");
      event.rssShmem = status.kilobytes("RssShmem:");
      event.swap = status.kilobytes("VmSwap:");
    }
    if (machine.read()) {
      event.machineAvailable = machine.kilobytes("MemAvailable:");
    }
    event.cgroupUsage = cgroup.usage();
    event.limit = cgroup.limit();
    if (event.rss != MemorySampleEvent.UNKNOWN) {
      readMap(event, mapNow);
    }
    if (mapped != null) {
      mapped.fill(event);
    }
    lookAround(event);
    event.commit();
    BlackBox box = BlackBox.current();
    if (box != null && box.sample(event)) {
      HeapSampling.writeExhausted();
    }
  }
}
