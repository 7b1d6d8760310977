// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import io.memreport.model.shm.PostgresServer;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmProcess;
import io.memreport.model.shm.ShmState;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Judges the running PostgreSQL server that holds a segment. {@code pg_ctl} makes every server a
 * child of process 1, the one of a test that runs as well as the one whose test was killed: it is
 * abandoned only if whoever could have started it is gone.
 */
final class ServerRule {
  /** What tests run in; names as the kernel shows them. */
  private static final Pattern TEST_RUNTIME =
      Pattern.compile("java.*|python.*|node|ruby|go|.*\\.test|dotnet");

  private final ShmFacts facts;

  ServerRule(ShmFacts facts) {
    this.facts = facts;
  }

  Judgement judge(PostgresServer server) {
    String name = "PostgreSQL server " + server.pid();
    if (!isAdopted(server)) {
      return Judgement.inUse(name + " runs under process " + server.parentPid());
    }
    if (server.dataDirectory() == null) {
      return Judgement.inUse(name + " runs; its data directory can't be read");
    }
    if (!server.dataDirectoryGone() && !isTemporary(server.dataDirectory())) {
      return Judgement.inUse(name + " runs, and its data is not in a temporary folder");
    }
    String where =
        server.dataDirectoryGone()
            ? name + " runs on a folder that was deleted"
            : name + " runs on a temporary folder";
    if (server.ownerMark() != null) {
      return marked(server, where);
    }
    if (isService(server.cgroup())) {
      return Judgement.inUse(where + ", but as a service of systemd");
    }
    if (facts.hidesProcesses()) {
      return Judgement.inUse(where + ", and whether who started it lives can't be seen");
    }
    Optional<ShmProcess> owner = possibleOwner(server);
    if (owner.isPresent()) {
      return Judgement.inUse(
          where
              + ", and "
              + owner.get().name()
              + " ("
              + owner.get().pid()
              + "), which is older, may have started it");
    }
    return new Judgement(
        ShmState.ABANDONED_SERVER,
        where
            + " under process "
            + server.parentPid()
            + ", and no JVM or other test runtime of its user or root that is older than the server still runs");
  }

  private Judgement marked(PostgresServer server, String where) {
    long pid = server.ownerMark().pid();
    ShmProcess jvm = facts.processes().get(pid);
    boolean gone =
        jvm == null
            ? facts.seesAllProcesses() && !facts.hidesProcesses()
            : jvm.zombie()
                || jvm.startTicks() != null && jvm.startTicks() != server.ownerMark().startTicks();
    return gone
        ? new Judgement(
            ShmState.ABANDONED_SERVER, where + ", and JVM " + pid + ", which started it, is gone")
        : Judgement.inUse(
            where
                + (jvm == null
                    ? ", and whether JVM " + pid + ", which started it, lives can't be seen"
                    : ", and JVM " + pid + ", which started it, is alive"));
  }

  /** Its parent has ended, and process 1 or the user's systemd has taken its place. */
  private boolean isAdopted(PostgresServer server) {
    Long parent = server.parentPid();
    if (parent == null || parent == 1) {
      return parent != null;
    }
    ShmProcess process = facts.processes().get(parent);
    return process != null && "systemd".equals(process.name());
  }

  private boolean isTemporary(String directory) {
    return facts.temporaryFolders().stream().anyMatch(folder -> directory.startsWith(folder + "/"));
  }

  /** Whether a unit of systemd other than a user's manager and what runs below it holds it. */
  private static boolean isService(String cgroup) {
    if (cgroup == null) {
      return false;
    }
    for (String part : cgroup.split("/")) {
      if (part.endsWith(".service") && !part.startsWith("user@")) {
        return true;
      }
    }
    return false;
  }

  /** Whoever started the server is older than it, and of its user or root. */
  private Optional<ShmProcess> possibleOwner(PostgresServer server) {
    return facts.processes().values().stream()
        .filter(process -> !process.zombie())
        .filter(process -> process.name() == null || TEST_RUNTIME.matcher(process.name()).matches())
        .filter(process -> mayStartAs(process.uid(), server.uid()))
        .filter(process -> isOlder(process, server))
        .min(Comparator.comparingLong(ShmProcess::pid));
  }

  /** Root may start a server as any user, and has to: PostgreSQL refuses to run as root. */
  private static boolean mayStartAs(Long uid, Long serverUid) {
    return uid == null || serverUid == null || uid == 0 || uid.equals(serverUid);
  }

  private static boolean isOlder(ShmProcess process, PostgresServer server) {
    return process.startTicks() == null
        || server.startTicks() == null
        || process.startTicks() <= server.startTicks();
  }
}
