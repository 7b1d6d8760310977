// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.shm.PostgresServer;
import io.memreport.model.shm.ProcessFate;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmState;
import io.memreport.model.shm.SysvShm;

/**
 * Judges a System V segment. It is an orphan only if nobody is attached, it is this user's, the
 * process that created it and the one that used it last are gone, it has been left alone for a
 * while, and no running server names it. PostgreSQL's own rule for its segments is stricter still:
 * PGSharedMemoryAttach in its sysv_shmem.c.
 */
final class SysvRule {
  private final ShmFacts facts;
  private final long leastIdleSeconds;

  /**
   * @param leastIdleSeconds how long it must have been left alone: between its creation and its
   *     first attachment it looks abandoned
   */
  SysvRule(ShmFacts facts, long leastIdleSeconds) {
    this.facts = facts;
    this.leastIdleSeconds = leastIdleSeconds;
  }

  /** The fate of its creator. */
  ProcessFate creator(SysvShm segment) {
    return Fate.of(segment.creatorPid(), segment.changedAt(), facts);
  }

  /** The fate of the process that attached or detached last. */
  ProcessFate lastUser(SysvShm segment) {
    Long used = latestUse(segment);
    Long pid = segment.lastPid();
    if (pid != null && pid == 0 && used != null && used == 0) {
      return ProcessFate.NEVER;
    }
    return Fate.of(pid, used, facts);
  }

  private static Long latestUse(SysvShm segment) {
    return segment.attachedAt() == null || segment.detachedAt() == null
        ? null
        : Long.valueOf(Math.max(segment.attachedAt(), segment.detachedAt()));
  }

  Judgement judge(SysvShm segment, PostgresServer server) {
    if (segment.attached() > 0) {
      return server == null ? attached(segment) : new ServerRule(facts).judge(server);
    }
    if (segment.removed()) {
      return Judgement.unknown("it is marked for removal already");
    }
    if (segment.own() == null) {
      return Judgement.unknown("its owner's name is cut: it may be another user's");
    }
    if (!segment.own()) {
      return new Judgement(
          ShmState.NOT_OURS, "nobody is attached, and another user owns or created it");
    }
    if (server != null) {
      return Judgement.inUse(
          "the postmaster.pid of the running server " + server.pid() + " names it");
    }
    ProcessFate creator = creator(segment);
    if (!creator.isGone()) {
      return keptBy("created it", segment.creatorPid(), creator);
    }
    ProcessFate last = lastUser(segment);
    if (!last.isGone()) {
      return keptBy("used it last", segment.lastPid(), last);
    }
    if (segment.idleSeconds() == null) {
      return Judgement.unknown("nobody is attached, but how long since can't be told");
    }
    if (segment.idleSeconds() < leastIdleSeconds) {
      return Judgement.unknown(
          "nobody is attached, but it was used less than " + leastIdleSeconds + " s ago");
    }
    return new Judgement(ShmState.ORPHAN, orphan(segment, creator, last));
  }

  private static Judgement attached(SysvShm segment) {
    String count = segment.attached() == 1 ? "1 attachment" : segment.attached() + " attachments";
    return Judgement.inUse(
        segment.removed() ? count + ", and it goes when the last of them ends" : count);
  }

  private Judgement keptBy(String role, Long pid, ProcessFate fate) {
    return switch (fate) {
      case ALIVE ->
          Judgement.inUse(
              "nobody is attached, but process " + pid + ", which " + role + ", is alive");
      case OUTSIDE ->
          Judgement.unknown(
              "nobody is attached, but the process that "
                  + role
                  + " is of another container (PID namespace) and may live");
      default ->
          Judgement.unknown(
              "nobody is attached, but whether the process that " + role + " lives can't be seen");
    };
  }

  private String orphan(SysvShm segment, ProcessFate creator, ProcessFate last) {
    StringBuilder reason = new StringBuilder("nobody is attached, its creator ");
    reason.append(segment.creatorPid()).append(ended(creator));
    if (last == ProcessFate.NEVER) {
      reason.append(", nobody ever attached");
    } else if (segment.lastPid().equals(segment.creatorPid())) {
      reason.append(" and used it last");
    } else {
      reason.append(", its last user ").append(segment.lastPid()).append(ended(last));
    }
    reason.append(", unused for ").append(segment.ageSeconds() == null ? "at least " : "");
    return reason.append(Units.seconds(segment.idleSeconds())).toString();
  }

  private static String ended(ProcessFate fate) {
    return switch (fate) {
      case ZOMBIE -> " has ended (a zombie)";
      case REUSED -> " has ended (its number is another process's now)";
      default -> " has ended";
    };
  }
}
