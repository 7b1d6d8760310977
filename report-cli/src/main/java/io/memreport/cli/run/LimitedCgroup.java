// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import io.memreport.recorder.memory.Cgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A memory cgroup with a limit, made for one command by this process or, where that is not allowed,
 * by the user's systemd; it is gone when this is closed.
 */
final class LimitedCgroup implements AutoCloseable {
  /** What enters the cgroup before it becomes the command, so that nothing of it is outside. */
  private static final String ENTER = "echo $$ > \"$0\" && exec \"$@\"";

  private final Cgroup cgroup;

  /** Null if systemd has no part in it. */
  private final SystemdScope scope;

  private LimitedCgroup(Cgroup cgroup, SystemdScope scope) {
    this.cgroup = cgroup;
    this.scope = scope;
  }

  /**
   * Makes it in whichever way is allowed.
   *
   * @param systemdRun the program of systemd that makes scopes
   * @throws IOException if there is none; the message says what was tried
   */
  static LimitedCgroup create(long limitBytes, String systemdRun) throws IOException {
    try {
      return ofOurs(limitBytes);
    } catch (IOException refused) {
      try {
        return ofSystemd(limitBytes, systemdRun);
      } catch (IOException e) {
        throw new IOException(refused.getMessage() + "; " + e.getMessage(), e);
      }
    }
  }

  static LimitedCgroup ofSystemd(long limitBytes, String systemdRun) throws IOException {
    SystemdScope scope = SystemdScope.hold(systemdRun, limitBytes);
    return new LimitedCgroup(scope.cgroup(), scope);
  }

  /**
   * Makes it below the cgroup of this process, or where that is not allowed beside it: in version 2
   * a cgroup that has processes has no memory controller to give on.
   *
   * @throws IOException if this user may do neither; the message says what it was
   */
  private static LimitedCgroup ofOurs(long limitBytes) throws IOException {
    Cgroup own = Cgroup.ofThisProcess();
    if (own.folder() == null) {
      throw new IOException("there is no memory cgroup here");
    }
    String name = "memreport-" + ProcessHandle.current().pid();
    List<String> refused = new ArrayList<>();
    for (Cgroup cgroup : Stream.of(own.below(name), own.beside(name)).toList()) {
      Path folder = Path.of(cgroup.folder());
      try {
        Files.createDirectory(folder);
        limit(cgroup, folder, limitBytes);
        return new LimitedCgroup(cgroup, null);
      } catch (IOException e) {
        Files.deleteIfExists(folder);
        refused.add(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    throw new IOException(String.join("; ", refused));
  }

  private static void limit(Cgroup cgroup, Path folder, long limitBytes) throws IOException {
    String limit = Long.toString(limitBytes);
    if ("v2".equals(cgroup.version())) {
      write(folder.resolve("memory.max"), limit);
      // Without it what does not fit is swapped out, and nothing is found out.
      writeIfThere(folder.resolve("memory.swap.max"), "0");
    } else {
      write(folder.resolve("memory.limit_in_bytes"), limit);
      writeIfThere(folder.resolve("memory.memsw.limit_in_bytes"), limit);
    }
  }

  private static void writeIfThere(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      write(file, text);
    }
  }

  /** The kernel makes these files: one that is missing must not be created. */
  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, java.nio.file.StandardOpenOption.WRITE);
  }

  Cgroup cgroup() {
    return cgroup;
  }

  /** The command that runs this one inside. */
  List<String> inside(List<String> command) {
    List<String> all = new ArrayList<>(scope == null ? List.of() : scope.start());
    all.addAll(List.of("/bin/sh", "-c", ENTER));
    all.add(cgroup.folder() + "/cgroup.procs");
    all.addAll(command);
    return all;
  }

  /** A cgroup in which a process of the command still lives stays: the kernel keeps it. */
  @Override
  public void close() {
    if (scope != null) {
      scope.close();
      return;
    }
    try {
      Files.deleteIfExists(Path.of(cgroup.folder()));
    } catch (IOException e) {
      // A process that the command left behind lives there.
      return;
    }
  }
}
