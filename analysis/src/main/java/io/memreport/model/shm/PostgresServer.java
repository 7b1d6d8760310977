// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import java.util.ArrayList;
import java.util.List;

/**
 * A running PostgreSQL server.
 *
 * @param pid of its postmaster
 * @param startTicks see {@link ShmProcess}
 * @param dataDirectory or null if that can't be read
 * @param dataDirectoryGone it was deleted under the server
 * @param version from {@code PG_VERSION}, or null
 * @param segmentId the segment that its {@code postmaster.pid} names, or null
 * @param pgCtl the {@code pg_ctl} beside its program, or null
 * @param cgroup its control group, or null
 * @param ownerMark the JVM that started it and has left its mark in the environment, or null
 */
public record PostgresServer(
    long pid,
    Long parentPid,
    Long uid,
    String user,
    Long startTicks,
    Long startedAt,
    String dataDirectory,
    boolean dataDirectoryGone,
    String version,
    Integer segmentId,
    String pgCtl,
    String cgroup,
    OwnerMark ownerMark) {
  /**
   * The command that stops it. PostgreSQL refuses to run as root: a server of root's is in a user
   * namespace of its own, where it is nobody's, and so is whoever stops it.
   */
  public List<String> stopCommand() {
    List<String> command = new ArrayList<>();
    if (uid != null && uid == 0) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(pgCtl == null ? "pg_ctl" : pgCtl, "-D", dataDirectory, "stop", "-m", "immediate"));
    return command;
  }
}
