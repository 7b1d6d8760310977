// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.fix.JvmFix;
import io.memreport.diagnosis.rule.FindingKind;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.JvmLimits;
import io.memreport.model.Run;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Severity;
import io.memreport.model.verdict.VerdictKind;

/** A death with what held the memory: all that a rule writes its finding from. */
public record DeathCase(Facts facts, Death death, CauseOfDeath cause, Forks forks) {
  /** So much of a limit may be planned with: samples miss what is taken between them. */
  public static final double PLANNED = 0.9;

  private static final long MIB = 1 << 20;

  public Run run() {
    return death.run();
  }

  /** Whether it was killed for memory that this cause held. */
  public boolean isKillBy(Cause which) {
    return death.kind() == VerdictKind.OOM_KILL && cause.cause() == which;
  }

  public JvmLimits limits() {
    return run().context().limits();
  }

  /** Who held it, null if nobody is known by name. */
  public Culprit first() {
    return cause.culprits().isEmpty() ? null : cause.culprits().get(0);
  }

  /** As in {@code when the JVM was killed at its limit of 256 MiB}. */
  public String whenKilled() {
    Long limit = death.limitBytes();
    return "when the JVM was "
        + (death.confidence() == Confidence.CERTAIN ? "" : "most likely ")
        + "killed"
        + (limit == null ? "" : " at its limit of " + Units.bytes(limit));
  }

  /** As in {@code At its last sample the JVM held 240 MiB}. */
  public String held() {
    MemoryAtEnd memory = run().memoryAtEnd();
    return "At its last sample the JVM held "
        + (memory == null || memory.rssBytes() == null
            ? "an unknown amount"
            : Units.bytes(memory.rssBytes()));
  }

  /** The same with the part of this kind, and who took it. */
  public String heldOf(String words, Long bytes) {
    return held()
        + ", of it "
        + (bytes == null ? "an unknown part" : Units.bytes(bytes))
        + " of "
        + words
        + Names.taking(first());
  }

  /**
   * An option that keeps a kind within the limit, beside all else as it was at the last sample.
   *
   * @return null if the limit is not known, or has no room
   */
  public String bound(String option, Long bytes) {
    Long room = room(bytes);
    return room == null || room < MIB
        ? null
        : option
            + room / MIB
            + "m: beside everything else, as it was at the last sample, that leaves a tenth of the"
            + " limit of "
            + Units.bytes(death.limitBytes())
            + " free";
  }

  /** The same as settings; null likewise. */
  public Fix fix(String option, Long bytes, Long from, Integer percent) {
    Long room = room(bytes);
    return room == null || room < MIB ? null : JvmFix.bound(option, from, room, percent);
  }

  /** What {@link #bound} leaves for a kind, in whole hundredths of the limit; null likewise. */
  public Integer percent(Long bytes) {
    Long room = room(bytes);
    return room == null || room < MIB
        ? null
        : Integer.valueOf((int) (100 * room / death.limitBytes()));
  }

  private Long room(Long bytes) {
    Long limit = death.limitBytes();
    MemoryAtEnd memory = run().memoryAtEnd();
    if (limit == null || bytes == null || memory == null || memory.rssBytes() == null) {
      return null;
    }
    CgroupSample cgroup = facts.timeline().lastCgroup(run().id());
    long beside = cgroup == null ? 0 : orZero(cgroup.childBytes()) + orZero(cgroup.siblingBytes());
    return (long) (PLANNED * limit) - (memory.rssBytes() - bytes) - beside;
  }

  private static long orZero(Long bytes) {
    return bytes == null ? 0 : bytes;
  }

  /** A finding about the test that held it, or else about the run. */
  public Finding finding(FindingKind kind, String title, String evidence, String advice) {
    Culprit first = first();
    String where = first != null && first.type().equals("test") ? first.id() : run().id();
    return new Finding(kind.id(), Severity.CRITICAL, title, evidence, advice, where);
  }
}
