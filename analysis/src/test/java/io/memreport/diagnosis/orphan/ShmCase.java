// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import io.memreport.model.shm.OwnerMark;
import io.memreport.model.shm.PosixShm;
import io.memreport.model.shm.PostgresServer;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmLimitUse;
import io.memreport.model.shm.ShmObject;
import io.memreport.model.shm.ShmProcess;
import io.memreport.model.shm.SysvShm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine with one segment, one file or one server; as it begins, the first two are orphans. */
final class ShmCase {
  static final long NOW = 1_800_000_000L;
  static final long BOOT = NOW - 100_000;
  static final long USED = NOW - 1000;
  static final long OWN_UID = 1000;

  // The segment.
  long attached;
  Boolean own = true;
  Long creatorPid = 500L;
  Long lastPid = 501L;
  Long attachedAt = USED;
  Long detachedAt = USED;
  Long changedAt = USED - 10;
  Long idleSeconds = 1000L;
  boolean removed;

  // The file.
  String fileName = "PostgreSQL.1804289383";
  boolean regular = true;
  boolean fileOwn = true;
  long fileChangedAt = USED;
  long fileIdleSeconds = 1000;
  List<Long> fileUsers = List.of();
  boolean allUsersSeen = true;

  // The server.
  long parentPid = 1;
  String dataDirectory = "/tmp/embedded-pg/1";
  boolean dataDirectoryGone;
  Integer segmentId = 7;
  String pgCtl = "/usr/lib/postgresql/15/bin/pg_ctl";
  String cgroup = "/user.slice/user-1000.slice/session-1.scope";
  OwnerMark ownerMark;
  long serverTicks = 50_000;

  // The machine.
  boolean seesAllProcesses = true;
  boolean hidesProcesses;
  Long bootAt = BOOT;
  final Map<Long, ShmProcess> processes = new HashMap<>();
  final List<PostgresServer> servers = new ArrayList<>();

  ShmCase process(long pid, String name, long startedAt) {
    return process(pid, name, startedAt, false, OWN_UID);
  }

  ShmCase process(long pid, String name, long startedAt, boolean zombie, long uid) {
    processes.put(
        pid, new ShmProcess(pid, 1L, uid, name, zombie, (startedAt - BOOT) * 100, startedAt));
    return this;
  }

  PostgresServer server() {
    return new PostgresServer(
        700,
        parentPid,
        OWN_UID,
        "someone",
        serverTicks,
        BOOT + serverTicks / 100,
        dataDirectory,
        dataDirectoryGone,
        "15",
        segmentId,
        pgCtl,
        cgroup,
        ownerMark);
  }

  SysvShm segment() {
    return new SysvShm(
        7,
        -607179701,
        "600",
        56,
        own,
        OWN_UID,
        "someone",
        creatorPid,
        lastPid,
        attached,
        attachedAt,
        detachedAt,
        changedAt,
        changedAt == null ? null : NOW - changedAt,
        idleSeconds,
        removed);
  }

  PosixShm file() {
    return new PosixShm(
        fileName,
        regular,
        1 << 20,
        "600",
        fileOwn,
        OWN_UID,
        "someone",
        23,
        4,
        fileChangedAt,
        fileIdleSeconds,
        fileUsers,
        allUsersSeen);
  }

  ShmFacts facts(ShmObject... objects) {
    return new ShmFacts(
        Instant.ofEpochSecond(NOW),
        OWN_UID,
        "someone",
        bootAt,
        seesAllProcesses,
        hidesProcesses,
        List.of(objects),
        processes,
        servers,
        new ShmLimitUse(32L, objects.length, 1024L, 1L, 4096L, 4194304L, null, null, null),
        List.of("/tmp", "/var/tmp"),
        List.of());
  }

  ShmEntry judgedSegment() {
    return judged(segment());
  }

  ShmEntry judgedFile() {
    return judged(file());
  }

  private ShmEntry judged(ShmObject object) {
    return new ShmDiagnosis(60).of(facts(object)).segments().get(0);
  }
}
