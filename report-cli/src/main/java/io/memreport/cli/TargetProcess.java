// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel tells of a process that somebody wants to attach to: {@code proc(5)}. */
record TargetProcess(long pid) {
  private static final Path PROC = Path.of(ProcFile.ROOT);

  /** The signal that asks a JVM to listen, by its bit in SigCgt: signal(7). */
  private static final long QUIT_BIT = 1L << (3 - 1);

  private static final String NO_ATTACH = "-XX:+DisableAttachMechanism";

  /**
   * Why it can't be attached to, as far as that can be told from outside; null if nothing speaks
   * against it. Asking the JVM itself comes after: to a process that does not listen, its signal
   * may be deadly.
   */
  String refusal() {
    if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
      return "there is no process " + pid;
    }
    if (pid == ProcessHandle.current().pid()) {
      return "process " + pid + " is this command itself";
    }
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return null;
    }
    String owner = owner(pid);
    String self = owner(ProcessHandle.current().pid());
    if (owner != null && !owner.equals(self) && !"root".equals(self)) {
      return "process "
          + pid
          + " belongs to "
          + owner
          + ": run this as that user, sudo -u "
          + owner
          + " …";
    }
    if (isElsewhere()) {
      return "process "
          + pid
          + " runs in a container (another PID namespace): run memreport inside it, as with docker exec, on"
          + " process "
          + ownPid();
    }
    if (!hasLibrary("libjvm.so")) {
      return "process " + pid + " is not a JVM";
    }
    if (commandLine().contains(NO_ATTACH)) {
      return "process "
          + pid
          + " was started with "
          + NO_ATTACH
          + ": it can only be recorded from its start,"
          + " with -javaagent";
    }
    if (!listens()) {
      return "process "
          + pid
          + " does not listen: it was started with -Xrs, or has not come up yet; with -Xrs it can only be"
          + " recorded from its start, with -javaagent";
    }
    return null;
  }

  /** Whether it has a library whose file has this in its name. */
  boolean hasLibrary(String part) {
    try (Stream<String> maps = Files.lines(proc("maps"), StandardCharsets.ISO_8859_1)) {
      return maps.anyMatch(line -> line.substring(line.lastIndexOf('/') + 1).contains(part));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Resident bytes, or null. */
  Long rss() {
    return status("VmRSS:")
        .map(text -> Long.parseLong(text.replace("kB", "").strip()) << 10)
        .orElse(null);
  }

  /** Its user, or null. */
  String user() {
    return owner(pid);
  }

  private boolean isElsewhere() {
    try {
      Path own = Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
      return !Files.readSymbolicLink(proc("ns/pid")).equals(own);
    } catch (IOException e) {
      return false;
    }
  }

  private String ownPid() {
    String[] pids = status("NSpid:").orElse("").strip().split("\\s+");
    return pids[pids.length - 1];
  }

  private boolean listens() {
    return status("SigCgt:")
        .map(mask -> (Long.parseUnsignedLong(mask, 16) & QUIT_BIT) != 0)
        .orElse(true);
  }

  private List<String> commandLine() {
    try {
      return List.of(Files.readString(proc("cmdline"), StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private Optional<String> status(String name) {
    try (Stream<String> lines = Files.lines(proc("status"), StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip())
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private Path proc(String name) {
    return PROC.resolve(Long.toString(pid)).resolve(name);
  }

  private static String owner(long pid) {
    try {
      return Files.readAttributes(
              PROC.resolve(Long.toString(pid)),
              PosixFileAttributes.class,
              LinkOption.NOFOLLOW_LINKS)
          .owner()
          .getName();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
