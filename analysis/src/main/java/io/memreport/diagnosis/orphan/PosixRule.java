// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.shm.PosixShm;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmProcess;
import io.memreport.model.shm.ShmState;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges a file in {@code /dev/shm}. Such files have no record of who made them, and many programs
 * keep some that nobody has open. Only PostgreSQL's are ever called orphans, and only if no server
 * of their owner that lives can have made them: a server may keep one that nobody maps.
 */
final class PosixRule {
  /** {@code dsm_impl_posix} in PostgreSQL's dsm_impl.c names them so. */
  private static final Pattern POSTGRES = Pattern.compile("PostgreSQL\\.\\d{1,10}");

  private static final Set<String> SERVERS = Set.of("postgres", "postmaster");

  private final ShmFacts facts;
  private final long leastIdleSeconds;

  PosixRule(ShmFacts facts, long leastIdleSeconds) {
    this.facts = facts;
    this.leastIdleSeconds = leastIdleSeconds;
  }

  Judgement judge(PosixShm file) {
    if (!file.users().isEmpty()) {
      long first = file.users().get(0);
      ShmProcess process = facts.processes().get(first);
      return Judgement.inUse(
          (process == null || process.name() == null ? "process" : process.name())
              + " ("
              + first
              + ")"
              + (file.users().size() == 1
                  ? " has it open"
                  : " and " + (file.users().size() - 1) + " more have it open"));
    }
    if (!file.own()) {
      return new Judgement(
          ShmState.NOT_OURS, "no process that can be seen has it open, and another user owns it");
    }
    if (!file.regular() || !POSTGRES.matcher(file.name()).matches()) {
      return Judgement.unknown(
          "no process that can be seen has it open, but its program may come back to it");
    }
    if (!facts.seesAllProcesses()) {
      return Judgement.unknown(
          "no process here has it open, but a server in another container may share /dev/shm");
    }
    if (facts.hidesProcesses() || !file.allUsersSeen()) {
      return Judgement.unknown("not all processes that may have it open can be seen");
    }
    if (file.idleSeconds() < leastIdleSeconds) {
      return Judgement.unknown(
          "no process has it open, but it was changed less than " + leastIdleSeconds + " s ago");
    }
    ShmProcess server = possibleServer(file);
    if (server != null) {
      return Judgement.unknown(
          "no process has it open, but the server " + server.pid() + " may come back to it");
    }
    return new Judgement(
        ShmState.ORPHAN,
        "no process has it open, no PostgreSQL server of its owner is older than it, unchanged for "
            + Units.seconds(file.idleSeconds()));
  }

  /** A live server of its owner that was there when the file was made, or null. */
  private ShmProcess possibleServer(PosixShm file) {
    return facts.processes().values().stream()
        .filter(process -> process.name() == null || SERVERS.contains(process.name()))
        .filter(process -> !process.zombie())
        .filter(process -> process.uid() == null || process.uid().equals(file.uid()))
        .filter(process -> !Fate.beganAfter(process.startedAt(), file.changedAt(), facts))
        .findFirst()
        .orElse(null);
  }
}
