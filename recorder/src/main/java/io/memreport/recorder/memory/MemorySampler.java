// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.box.FlightBox;
import io.memreport.recorder.event.MemorySampleEvent;
import io.memreport.recorder.scope.Failure;
import io.memreport.recorder.scope.NativeAccounting;

/** Writes a {@link MemorySampleEvent} each period, and where resident memory lies now and then. */
public final class MemorySampler {
  private static final long LIBRARIES_MILLIS = 1000;
  private static final long MAP_MILLIS = 5000;

  private final long periodMillis;
  private final Thread thread = new Thread(null, this::run, "memreport-sampler", 0, false);
  private final ProcFile status = new ProcFile("/proc/self/status");
  private final ProcFile machine = new ProcFile("/proc/meminfo");
  private final Cgroup cgroup = Cgroup.ofThisProcess();
  private final NativeMemory natives = new NativeMemory();
  private final Runnable afterEach;
  private MemoryMap map;
  private JavaMemory java;
  private long millisSinceLibraries;
  private long millisSinceMap = MAP_MILLIS;

  /**
   * @param periodMillis time between samples
   * @param afterEach runs after each sample, without a lock of ours
   */
  public MemorySampler(long periodMillis, Runnable afterEach) {
    this.periodMillis = periodMillis;
    this.afterEach = afterEach;
    thread.setDaemon(true);
  }

  /** Begins to sample. */
  public void start() {
    thread.start();
  }

  /** Ends sampling. */
  public void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        sample();
        afterEach.run();
        Thread.sleep(periodMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      Failure.note("Sampling memory", e);
    }
  }

  private synchronized void sample() {
    NativeAccounting.librariesMayHaveAppeared();
    MemorySampleEvent sample = write();
    millisSinceLibraries += periodMillis;
    if (millisSinceLibraries >= LIBRARIES_MILLIS) {
      millisSinceLibraries = 0;
      natives.writeLibraries();
    }
    millisSinceMap += periodMillis;
    if (millisSinceMap >= MAP_MILLIS) {
      millisSinceMap = 0;
      writeMap(sample);
    }
  }

  /** Writes how things stand at the end of a chunk. */
  public synchronized void writeLast() {
    MemorySampleEvent sample = write();
    natives.writeLibraries();
    writeMap(sample);
  }

  private void writeMap(MemorySampleEvent sample) {
    if (map == null) {
      // Management beans are slow to start, and some programs want to be there before them.
      map = new MemoryMap();
    }
    map.write(sample);
  }

  private MemorySampleEvent write() {
    if (java == null) {
      java = new JavaMemory();
      JvmLimits.write();
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
    event.commit();
    FlightBox box = FlightBox.current();
    if (box != null) {
      box.sample(event);
    }
    return event;
  }
}
