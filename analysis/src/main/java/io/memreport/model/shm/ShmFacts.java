// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that the judgement of shared memory rests on, read at one time.
 *
 * @param uid whose command this is, or null
 * @param bootAt when the machine started by today's clock, in seconds since 1970, or null
 * @param seesAllProcesses false in a container, whose processes don't see those outside
 * @param hidesProcesses {@code /proc} is mounted so that it hides processes of others
 * @param processes by their number, those of the objects among them
 * @param temporaryFolders where what is started for a while keeps its files
 * @param notes what could not be read
 */
public record ShmFacts(
    Instant at,
    Long uid,
    String user,
    Long bootAt,
    boolean seesAllProcesses,
    boolean hidesProcesses,
    List<ShmObject> objects,
    Map<Long, ShmProcess> processes,
    List<PostgresServer> servers,
    ShmLimitUse limits,
    List<String> temporaryFolders,
    List<String> notes) {
  /** Whether this is the command of root. */
  public boolean isRoot() {
    return uid != null && uid == 0;
  }
}
