// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.model.shm.ShmProcess;
import io.memreport.recorder.proc.ProcStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes that this one can see: proc(5). */
final class Proc {
  /** {@code USER_HZ}, 100 a second on every architecture that a JVM of today runs on. */
  private static final long TICKS_PER_SECOND = 100;

  /** The first look at the folder of process 1 comes soon after its start. */
  private static final long CLOCK_SLACK_SECONDS = 5;

  /** {@code PROC_PID_INIT_INO} in the kernel's include/linux/proc_ns.h. */
  private static final String INITIAL_PID_NAMESPACE = "pid:[4026531836]";

  /** Fields of proc_pid_stat(5), counted from the state, which is the third. */
  private static final int PARENT = 4 - 3;

  private static final int THREADS = 20 - 3;
  private static final int START = 22 - 3;

  private final Path root;
  private final Long bootAt;

  Proc(Path root) {
    this.root = root;
    bootAt = line(root.resolve("stat"), "btime ", Proc::number);
  }

  Path of(long pid, String file) {
    return root.resolve(Long.toString(pid)).resolve(file);
  }

  /**
   * When the machine started, in seconds since 1970; null if the clock may have been set since. A
   * time that the kernel kept for a segment can then not be compared with the start of a process,
   * which is kept in ticks since the boot: after a virtual machine was restored, for instance, each
   * process seems younger than what it made.
   */
  Long bootAt() {
    return isClockSteady() ? bootAt : null;
  }

  /**
   * Whether the first process's folder is as old by the clock of its time as its start is by
   * today's.
   */
  private boolean isClockSteady() {
    try {
      String stat = Files.readString(of(1, "stat"), StandardCharsets.ISO_8859_1);
      Long started = parse(1, stat, null, bootAt).startedAt();
      long seen = Files.getLastModifiedTime(root.resolve("1")).toMillis() / 1000;
      return started != null && Math.abs(seen - started) <= CLOCK_SLACK_SECONDS;
    } catch (IOException e) {
      return false;
    }
  }

  /** This process's effective user. */
  long ownUid() throws IOException {
    Long uid = line(root.resolve("self/status"), "Uid:", Proc::effectiveUid);
    if (uid == null) {
      throw new IOException(
          root + "/self/status: does not tell the user: run where /proc is mounted");
    }
    return uid;
  }

  /** Outside of every container, where all processes of the machine have a number. */
  boolean seesAllProcesses() {
    return INITIAL_PID_NAMESPACE.equals(link(root.resolve("self/ns/pid")));
  }

  /** Whether the mount hides others' processes from this user: {@code hidepid} in proc(5). */
  boolean hidesProcesses() {
    try {
      long uid = ownUid();
      return uid != 0
          && Files.readAllLines(root.resolve("self/mountinfo"), StandardCharsets.ISO_8859_1)
              .stream()
              .filter(line -> line.contains(" /proc "))
              .anyMatch(line -> line.matches(".*[, ]hidepid=(?!0\\b|off\\b).*"));
    } catch (IOException e) {
      return true;
    }
  }

  /** All of them, by their number. */
  Map<Long, ShmProcess> processes() throws IOException {
    Map<Long, ShmProcess> processes = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "[1-9]*")) {
      for (Path folder : folders) {
        Long pid = number(folder.getFileName().toString());
        if (pid != null) {
          add(pid, processes);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return processes;
  }

  /** Adds one unless it is there already, or has ended. */
  void add(long pid, Map<Long, ShmProcess> processes) {
    if (pid <= 0 || processes.containsKey(pid)) {
      return;
    }
    String stat;
    try {
      stat = Files.readString(of(pid, "stat"), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      if (Files.exists(root.resolve(Long.toString(pid)))) {
        processes.put(pid, new ShmProcess(pid, null, null, null, false, null, null));
      }
      return;
    }
    processes.put(
        pid, parse(pid, stat, line(of(pid, "status"), "Uid:", Proc::effectiveUid), bootAt));
  }

  /**
   * Reads a {@code stat} file. The name in it may hold anything, parentheses and newlines too; what
   * comes after it does not.
   */
  static ShmProcess parse(long pid, String stat, Long uid, Long bootAt) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    String name = open < 0 || close < open ? null : stat.substring(open + 1, close);
    String[] fields = stat.substring(close + 1).strip().split("\\s+");
    if (name == null || fields.length <= START) {
      return new ShmProcess(pid, null, uid, name, false, null, null);
    }
    Long start = number(fields[START]);
    Long threads = number(fields[THREADS]);
    boolean ended = threads != null && ProcStat.hasEnded(fields[0].charAt(0), threads);
    return new ShmProcess(
        pid,
        number(fields[PARENT]),
        uid,
        name,
        ended,
        start,
        start == null || bootAt == null ? null : bootAt + start / TICKS_PER_SECOND);
  }

  /** The numbers of a process from this namespace down to its own; empty if it has ended. */
  List<Long> numbersOf(long pid) {
    List<Long> numbers =
        line(
            of(pid, "status"),
            "NSpid:",
            text -> Arrays.stream(text.strip().split("\\s+")).map(Proc::number).toList());
    return numbers == null ? List.of() : numbers;
  }

  /** Whether it is there and no thread of the kernel's, which maps and opens nothing. */
  boolean hasMemory(long pid) {
    try {
      return Files.readString(of(pid, "status"), StandardCharsets.ISO_8859_1).contains("\nVmSize:");
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return Files.exists(root.resolve(Long.toString(pid)));
    }
  }

  /** Where a link of the kernel's points to, or null if this user may not know. */
  static String link(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private interface Reading<T> {
    T of(String text);
  }

  private static <T> T line(Path file, String start, Reading<T> reading) {
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(start)) {
          return reading.of(line.substring(start.length()));
        }
      }
    } catch (IOException e) {
      // The process has ended, or this user may not know.
    }
    return null;
  }

  private static Long effectiveUid(String ids) {
    String[] fields = ids.strip().split("\\s+");
    return fields.length < 2 ? null : number(fields[1]);
  }

  private static Long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
