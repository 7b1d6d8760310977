// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A memory cgroup with a limit and without swap, in which the kernel really kills. */
final class MemoryCgroup implements AutoCloseable {
  private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
  private static final Path V2 = Path.of("/sys/fs/cgroup");
  private static final long DYING_NANOS = 20_000_000;

  private final Path folder;

  private MemoryCgroup(Path folder) {
    this.folder = folder;
  }

  /** Skips the test where this machine gives no right to it, or has no such thing. */
  static MemoryCgroup create(String name, long limitBytes) throws IOException {
    boolean v1 = Files.exists(V1.resolve("memory.limit_in_bytes"));
    Path root = v1 ? V1 : V2;
    Path folder = root.resolve("memreport-" + name + "-" + ProcessHandle.current().pid());
    try {
      if (!v1) {
        Files.writeString(V2.resolve("cgroup.subtree_control"), "+memory");
      }
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw Skip.because("no memory cgroup can be made here: " + e);
    }
    MemoryCgroup cgroup = new MemoryCgroup(folder);
    cgroup.set(v1 ? "memory.limit_in_bytes" : "memory.max", limitBytes);
    // On v1 memory plus swap is limited, on v2 swap alone.
    if (v1) {
      cgroup.setIfThere("memory.memsw.limit_in_bytes", limitBytes);
    } else {
      cgroup.setIfThere("memory.swap.max", 0);
    }
    return cgroup;
  }

  /** As the kernel names it in its log. */
  String name() {
    return folder.getFileName().toString();
  }

  /** The command that runs this command inside, as the same process. */
  List<String> inside(List<String> command) {
    String enter = "echo $$ > \"$0\" && exec \"$@\"";
    List<String> inside =
        new ArrayList<>(List.of("sh", "-c", enter, folder.resolve("cgroup.procs").toString()));
    inside.addAll(command);
    return inside;
  }

  private void set(String file, long value) throws IOException {
    Files.writeString(folder.resolve(file), Long.toString(value));
  }

  private void setIfThere(String file, long value) throws IOException {
    if (Files.exists(folder.resolve(file))) {
      set(file, value);
    }
  }

  /** Ends whatever still runs inside, and removes it. */
  @Override
  public void close() throws IOException {
    for (List<String> pids = pids(); !pids.isEmpty(); pids = pids()) {
      for (String pid : pids) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
      }
      LockSupport.parkNanos(DYING_NANOS);
    }
    Files.delete(folder);
  }

  private List<String> pids() throws IOException {
    return Files.readAllLines(folder.resolve("cgroup.procs"));
  }
}
