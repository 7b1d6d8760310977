// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.model.shm.OwnerMark;
import io.memreport.model.shm.PostgresServer;
import io.memreport.model.shm.ShmProcess;
import io.memreport.recorder.shm.ShmLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The PostgreSQL servers that share this process's System V segments. A server and each of its
 * children has the data directory as its working directory (checkDataDir and ChangeToDataDir in
 * PostgreSQL's miscinit.c).
 */
final class PostgresServers {
  private static final String GONE = " (deleted)";
  private static final int FILE_BYTES = 16 << 10;
  private static final int ENVIRONMENT_BYTES = 4 << 20;

  /** The line of postmaster.pid that holds {@code key shmid}: LOCK_FILE_LINE_SHMEM_KEY. */
  private static final int SEGMENT_LINE = 7;

  private final Proc proc;
  private final Map<Long, ShmProcess> processes;
  private final Users users;

  PostgresServers(Proc proc, Map<Long, ShmProcess> processes, Users users) {
    this.proc = proc;
    this.processes = processes;
    this.users = users;
  }

  List<PostgresServer> all() {
    String namespace = ShmLimits.namespaceOf("self");
    List<PostgresServer> servers = new ArrayList<>();
    for (ShmProcess process : processes.values()) {
      if (isPostgres(process) && !isPostgres(processes.get(process.parentPid()))) {
        String its = ShmLimits.namespaceOf(Long.toString(process.pid()));
        if (its == null || its.equals(namespace)) {
          servers.add(server(process));
        }
      }
    }
    return servers;
  }

  private static boolean isPostgres(ShmProcess process) {
    return process != null
        && !process.zombie()
        && ("postgres".equals(process.name()) || "postmaster".equals(process.name()));
  }

  private PostgresServer server(ShmProcess process) {
    long pid = process.pid();
    Path inside = proc.of(pid, "cwd");
    String directory = Proc.link(inside);
    boolean gone =
        directory != null && directory.endsWith(GONE) && !Files.exists(Path.of(directory));
    if (gone) {
      directory = directory.substring(0, directory.length() - GONE.length());
    }
    if (directory == null) {
      directory = dataArgument(text(proc.of(pid, "cmdline"), FILE_BYTES));
    }
    String version = text(inside.resolve("PG_VERSION"), FILE_BYTES);
    return new PostgresServer(
        pid,
        process.parentPid(),
        process.uid(),
        users.nameOf(process.uid()),
        process.startTicks(),
        process.startedAt(),
        directory,
        gone,
        version == null ? null : version.strip(),
        segmentId(text(inside.resolve("postmaster.pid"), FILE_BYTES), proc.numbersOf(pid)),
        pgCtl(Proc.link(proc.of(pid, "exe"))),
        cgroup(text(proc.of(pid, "cgroup"), FILE_BYTES)),
        mark(text(proc.of(pid, "environ"), ENVIRONMENT_BYTES)));
  }

  /** The directory after {@code -D}, or null; a relative one is relative to an unknown folder. */
  static String dataArgument(String commandLine) {
    if (commandLine == null) {
      return null;
    }
    String[] arguments = commandLine.split("\0");
    for (int i = 1; i < arguments.length; i++) {
      String directory = null;
      if (arguments[i].equals("-D") && i + 1 < arguments.length) {
        directory = arguments[i + 1];
      } else if (arguments[i].startsWith("-D")) {
        directory = arguments[i].substring(2);
      }
      if (directory != null) {
        return directory.startsWith("/") ? directory : null;
      }
    }
    return null;
  }

  /**
   * The segment that a {@code postmaster.pid} names, or null.
   *
   * @param numbers of the process, in its namespaces: a file of another server is none of its
   */
  static Integer segmentId(String postmasterPid, List<Long> numbers) {
    if (postmasterPid == null) {
      return null;
    }
    String[] lines = postmasterPid.split("\n");
    if (lines.length < SEGMENT_LINE) {
      return null;
    }
    String[] keyAndId = lines[SEGMENT_LINE - 1].strip().split("\\s+");
    try {
      long writer = Long.parseLong(lines[0].strip());
      return keyAndId.length == 2 && numbers.contains(writer) ? Integer.valueOf(keyAndId[1]) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String pgCtl(String program) {
    if (program == null || program.endsWith(GONE)) {
      return null;
    }
    Path beside = Path.of(program).resolveSibling("pg_ctl");
    return Files.isExecutable(beside) ? beside.toString() : null;
  }

  /** The path in the unified hierarchy or, where that is not in use, in systemd's own. */
  static String cgroup(String text) {
    String found = null;
    if (text != null) {
      for (String line : text.split("\n")) {
        String[] fields = line.split(":", 3);
        if (fields.length == 3
            && (fields[0].equals("0") || fields[1].equals("name=systemd"))
            && (found == null || found.equals("/"))) {
          found = fields[2];
        }
      }
    }
    return found;
  }

  static OwnerMark mark(String environment) {
    if (environment != null) {
      for (String variable : environment.split("\0")) {
        if (variable.startsWith(OwnerMark.VARIABLE + "=")) {
          return OwnerMark.parse(variable.substring(OwnerMark.VARIABLE.length() + 1));
        }
      }
    }
    return null;
  }

  /** Its beginning, or null. Not of a link or a pipe: whoever owns the folder chose what it is. */
  private static String text(Path file, int most) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(most), StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
