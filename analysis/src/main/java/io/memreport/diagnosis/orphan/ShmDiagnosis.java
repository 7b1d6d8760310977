// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import io.memreport.model.shm.PosixShm;
import io.memreport.model.shm.PostgresServer;
import io.memreport.model.shm.ProcessFate;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmObject;
import io.memreport.model.shm.ShmProcess;
import io.memreport.model.shm.ShmReport;
import io.memreport.model.shm.ShmServer;
import io.memreport.model.shm.ShmState;
import io.memreport.model.shm.ShmUser;
import io.memreport.model.shm.SysvShm;
import java.util.ArrayList;
import java.util.List;

/** Judges all shared memory of a machine. */
public final class ShmDiagnosis {
  /** What must have been left alone for less long is never an orphan. */
  public static final long LEAST_IDLE_SECONDS = 60;

  private final long leastIdleSeconds;

  /**
   * @param leastIdleSeconds how long an orphan must have been left alone
   */
  public ShmDiagnosis(long leastIdleSeconds) {
    this.leastIdleSeconds = leastIdleSeconds;
  }

  /** Judges each segment by the same facts. */
  public ShmReport of(ShmFacts facts) {
    List<ShmEntry> entries = new ArrayList<>();
    for (ShmObject object : facts.objects()) {
      entries.add(
          object instanceof SysvShm segment
              ? sysv(segment, facts)
              : posix((PosixShm) object, facts));
    }
    return new ShmReport(
        "memreport-shm/1",
        facts.at(),
        ShmHeadline.of(entries, facts.limits()),
        facts.uid(),
        facts.user(),
        facts.limits(),
        entries,
        facts.notes());
  }

  private ShmEntry sysv(SysvShm segment, ShmFacts facts) {
    SysvRule rule = new SysvRule(facts, leastIdleSeconds);
    PostgresServer server = serverOf(segment, rule, facts);
    Judgement judgement = rule.judge(segment, server);
    return new ShmEntry(
        segment.kind(),
        segment.name(),
        String.format("0x%08x", segment.key()),
        segment.bytes(),
        segment.mode(),
        segment.uid(),
        segment.owner(),
        user(segment.creatorPid(), rule.creator(segment), facts),
        user(segment.lastPid(), rule.lastUser(segment), facts),
        segment.attached(),
        segment.ageSeconds(),
        judgement.state(),
        judgement.reason(),
        server == null ? null : shown(server, judgement.state()),
        segment);
  }

  private ShmEntry posix(PosixShm file, ShmFacts facts) {
    Judgement judgement = new PosixRule(facts, leastIdleSeconds).judge(file);
    return new ShmEntry(
        file.kind(),
        file.name(),
        null,
        file.bytes(),
        file.mode(),
        file.uid(),
        file.owner(),
        null,
        null,
        file.allUsersSeen() && facts.seesAllProcesses() && !facts.hidesProcesses()
            ? Long.valueOf(file.users().size())
            : null,
        file.idleSeconds(),
        judgement.state(),
        judgement.reason(),
        null,
        file);
  }

  /** By its postmaster.pid or, where that can't be read, as the segment's creator that lives. */
  private static PostgresServer serverOf(SysvShm segment, SysvRule rule, ShmFacts facts) {
    for (PostgresServer server : facts.servers()) {
      if (server.segmentId() != null && server.segmentId() == segment.id()) {
        return server;
      }
    }
    for (PostgresServer server : facts.servers()) {
      if (server.segmentId() == null
          && segment.creatorPid() != null
          && server.pid() == segment.creatorPid()
          && rule.creator(segment) == ProcessFate.ALIVE) {
        return server;
      }
    }
    return null;
  }

  private static ShmUser user(Long pid, ProcessFate fate, ShmFacts facts) {
    ShmProcess process = fate == ProcessFate.ALIVE ? facts.processes().get(pid) : null;
    return new ShmUser(
        pid == null || pid == 0 ? null : pid, process == null ? null : process.name(), fate);
  }

  private static ShmServer shown(PostgresServer server, ShmState state) {
    return new ShmServer(
        server.pid(),
        server.user(),
        server.dataDirectory(),
        server.version(),
        server.parentPid(),
        state == ShmState.ABANDONED_SERVER ? stop(server) : null,
        server);
  }

  /** Without its folder {@code pg_ctl} finds no server: then the signal that it would send. */
  private static String stop(PostgresServer server) {
    return server.dataDirectoryGone()
        ? "kill -QUIT " + server.pid()
        : ShellWords.join(server.stopCommand().toArray(String[]::new));
  }
}
