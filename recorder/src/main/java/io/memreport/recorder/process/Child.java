// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.process.ChildEndEvent;
import io.memreport.recorder.event.process.ChildMemoryEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import io.memreport.recorder.proc.Departures;
import io.memreport.recorder.proc.ProcFile;
import io.memreport.recorder.proc.ProcStat;
import io.memreport.recorder.redact.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that this JVM started, or that one of its processes did. */
final class Child {
  private static final long MEMORY_NANOS = 1_000_000_000;

  /** So much, and so much of what it held, its memory has moved by when it is written early. */
  private static final long MOVED = 4 << 20;

  private static final int MOVED_PART = 8;

  final long pid;
  final long startTicks;

  /** The test that it belongs to, 0 for none. */
  final long testId;

  /** Null unless this JVM started it. */
  private Process process;

  private final long parent;
  private final String foundBy;
  private String written;

  /** What was written of its memory, and when. */
  private long writtenHeld;

  private long writtenNanos = System.nanoTime() - MEMORY_NANOS;

  /** Begun when it started, and not written yet; else null. */
  private ChildStartEvent start;

  /** Whether {@code /proc} can be asked for its number: later another process may have it. */
  private boolean readable = true;

  /** One that this JVM started. */
  Child(ChildStartEvent start, boolean readable, Process process) {
    this(start.processId, start.startTicks, start.parentId, start.testId, start.foundBy, process);
    this.start = start;
    this.readable = readable;
  }

  private Child(
      long pid, long startTicks, long parent, long testId, String foundBy, Process process) {
    this.pid = pid;
    this.startTicks = startTicks;
    this.parent = parent;
    this.testId = testId;
    this.foundBy = foundBy;
    this.process = process;
  }

  static Child found(ProcessTable.Entry entry, long testId) {
    Child child =
        new Child(
            entry.pid(),
            entry.startedMillis(),
            entry.parent(),
            testId,
            ChildStartEvent.PARENT,
            null);
    child.readable = false;
    return child;
  }

  static Child found(ProcStat stat, long testId, String foundBy) {
    return new Child(stat.pid(), stat.startTicks(), stat.parent(), testId, foundBy, null);
  }

  /**
   * Writes what it is if that has changed: a process begins as a copy of the one that started it.
   *
   * @param otherwise its command if it can't be read
   */
  void write(String otherwise) {
    String read = command();
    String command = read == null ? otherwise : read;
    if (command == null || command.equals(written)) {
      return;
    }
    written = command;
    ChildStartEvent event = start == null ? new ChildStartEvent() : start;
    start = null;
    event.processId = pid;
    event.parentId = parent;
    event.startTicks = startTicks;
    event.testId = testId;
    event.foundBy = foundBy;
    event.command = command;
    event.folder = folder();
    event.commit();
  }

  /**
   * Writes what it holds, each second and whenever that has moved.
   *
   * @param last whether it is written in any case
   * @return false if it has ended
   */
  boolean writeMemory(boolean last) {
    if (!readable) {
      return false;
    }
    ProcFile status = new ProcFile(ProcFile.ROOT + "/" + pid + "/status");
    if (!status.read()) {
      return false;
    }
    ChildMemoryEvent event = new ChildMemoryEvent();
    event.processId = pid;
    event.startTicks = startTicks;
    event.parentId = status.number("PPid:");
    event.anon = status.kilobytes("RssAnon:");
    event.file = status.kilobytes("RssFile:");
    event.shmem = status.kilobytes("RssShmem:");
    // Of a zombie no line says what it holds.
    if (event.anon == MemreportEvent.UNKNOWN) {
      return false;
    }
    write(event, last);
    return true;
  }

  /** Likewise, as a table of processes tells. */
  void writeMemory(ProcessTable.Entry entry, boolean last) {
    ChildMemoryEvent event = new ChildMemoryEvent();
    event.processId = pid;
    event.startTicks = startTicks;
    event.parentId = entry.parent();
    Long own = entry.privateBytes() == null ? entry.residentBytes() : entry.privateBytes();
    if (own == null) {
      return;
    }
    event.anon = own;
    Long all = entry.residentBytes();
    event.file = all == null ? MemreportEvent.UNKNOWN : Math.max(0, all - own);
    event.shmem = MemreportEvent.UNKNOWN;
    write(event, last);
  }

  private void write(ChildMemoryEvent event, boolean last) {
    long now = System.nanoTime();
    long moved = Math.abs(event.anon - writtenHeld);
    if (last
        || now - writtenNanos >= MEMORY_NANOS
        || moved >= MOVED && moved >= writtenHeld / MOVED_PART) {
      writtenHeld = event.anon;
      writtenNanos = now;
      event.commit();
    }
  }

  void writeEnd() {
    ChildEndEvent event = new ChildEndEvent();
    event.processId = pid;
    event.startTicks = startTicks;
    event.goneMillis = Departures.forget(pid);
    if (process != null && !process.isAlive()) {
      event.exitStatus = process.exitValue();
    }
    event.commit();
    BlackBox box = BlackBox.current();
    if (box != null) {
      box.processEnded(pid, startTicks);
    }
  }

  /** The same process, as the call that started it knows it. */
  void startedBy(Child same) {
    if (same.process != null) {
      process = same.process;
    }
  }

  /** Where there is no {@code /proc} to ask. */
  boolean isAlive() {
    return process == null
        ? ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
        : process.isAlive();
  }

  /** Whether the number is still its own; one that ended at once has never told its start. */
  boolean isSameAs(ProcStat stat) {
    return startTicks == MemreportEvent.UNKNOWN || stat.startTicks() == startTicks;
  }

  boolean isSameAs(ProcessTable.Entry entry) {
    return startTicks == MemreportEvent.UNKNOWN || startTicks == entry.startedMillis();
  }

  boolean is(ProcStat stat) {
    return stat.pid() == pid && stat.startTicks() == startTicks;
  }

  /** Null of a process that has none: a zombie. */
  private String command() {
    return readable ? CommandLine.withoutSecrets(CommandLine.ofProcess(pid)) : null;
  }

  private String folder() {
    if (!readable) {
      return null;
    }
    try {
      return Files.readSymbolicLink(Path.of(ProcFile.ROOT + "/" + pid + "/cwd")).toString();
    } catch (IOException e) {
      return null;
    }
  }
}
