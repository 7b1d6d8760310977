// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmLimitUse;
import io.memreport.model.shm.ShmObject;
import io.memreport.model.shm.ShmProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From what macOS's ipcs(1) prints: the kernel's own interface for it is private. */
final class MacosSharedMemory {
  private MacosSharedMemory() {}

  /** As on Linux, the segments come first and the processes after them. */
  static ShmFacts read() throws IOException {
    String user = System.getProperty("user.name");
    String table = output("ipcs", "-m", "-a");
    Map<Long, ShmProcess> processes = new HashMap<>();
    ProcessHandle.allProcesses().forEach(process -> processes.put(process.pid(), process(process)));
    List<ShmObject> objects =
        new ArrayList<>(MacosTable.parse(table, user, LocalTime.now(ZoneId.systemDefault())));
    return new ShmFacts(
        Instant.now(),
        Long.valueOf(output("id", "-u").strip()),
        user,
        null,
        true,
        false,
        objects,
        processes,
        List.of(),
        limits(output("ipcs", "-M"), objects),
        SharedMemory.temporaryFolders(),
        List.of(
            "macOS has no list of POSIX segments: only System V segments are shown",
            "macOS tells the time of day of a segment's use and not the day",
            "on macOS a PostgreSQL server is not looked for: a segment in use may be that of an abandoned one"));
  }

  static ShmLimitUse limits(String text, List<ShmObject> objects) {
    Long page = MacosTable.PAGE_BYTES;
    return new ShmLimitUse(
        MacosTable.limit(text, "shmmni"),
        objects.size(),
        MacosTable.limit(text, "shmall"),
        objects.stream().mapToLong(object -> (object.bytes() + page - 1) / page).sum(),
        page,
        MacosTable.limit(text, "shmmax"),
        null,
        null,
        null);
  }

  private static ShmProcess process(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return new ShmProcess(
        process.pid(),
        process.parent().map(ProcessHandle::pid).orElse(null),
        null,
        info.command().map(path -> String.valueOf(Path.of(path).getFileName())).orElse(null),
        false,
        null,
        info.startInstant().map(Instant::getEpochSecond).orElse(null));
  }

  private static String output(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            String.join(" ", command)
                + ": ended with status "
                + status
                + (text.isBlank() ? "" : ", " + text.strip())
                + ": run it in a terminal outside of any sandbox");
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(String.join(" ", command) + ": interrupted", e);
    }
  }
}
