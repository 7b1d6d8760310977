// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import java.util.Objects;

/**
 * A System V segment. Times are in seconds since 1970, 0 for never, null where the system does not
 * tell the day.
 *
 * @param key what {@code shmget} was called with, 0 for {@code IPC_PRIVATE}
 * @param own whether this user owns and created it, null if that can't be told
 * @param uid its owner's number, or null
 * @param owner its owner's name, or null
 * @param creatorPid process that created it, 0 for one of another PID namespace
 * @param lastPid process that attached or detached last, 0 for none or one of another PID namespace
 * @param attached how many attachments there are
 * @param ageSeconds since it was created or its mode was changed, or null
 * @param idleSeconds since it was created, attached, or detached last: at least as long, or null
 * @param removed it was removed, and is gone when the last process detaches
 */
public record SysvShm(
    int id,
    int key,
    String mode,
    long bytes,
    Boolean own,
    Long uid,
    String owner,
    Long creatorPid,
    Long lastPid,
    long attached,
    Long attachedAt,
    Long detachedAt,
    Long changedAt,
    Long ageSeconds,
    Long idleSeconds,
    boolean removed)
    implements ShmObject {
  @Override
  public ShmKind kind() {
    return ShmKind.SYSV;
  }

  @Override
  public String name() {
    return Integer.toString(id);
  }

  @Override
  public boolean isSame(ShmObject other) {
    return other instanceof SysvShm that
        && id == that.id
        && key == that.key
        && bytes == that.bytes
        && Objects.equals(creatorPid, that.creatorPid)
        && Objects.equals(changedAt, that.changedAt);
  }
}
