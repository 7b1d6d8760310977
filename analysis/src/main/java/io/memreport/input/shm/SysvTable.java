// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.model.shm.SysvShm;
import io.memreport.recorder.shm.SysvSegment;
import java.time.Instant;

/** A line of {@code /proc/sysvipc/shm} as seen by a user at a time. */
final class SysvTable {
  private static final int PERMISSIONS = 0777;

  private SysvTable() {}

  static SysvShm object(SysvSegment segment, long ownUid, Users users, Instant now) {
    long seconds = now.getEpochSecond();
    long used = Math.max(segment.changedAt(), Math.max(segment.attachedAt(), segment.detachedAt()));
    return new SysvShm(
        segment.id(),
        segment.key(),
        String.format("%03o", segment.mode() & PERMISSIONS),
        segment.bytes(),
        segment.uid() == ownUid && segment.creatorUid() == ownUid,
        segment.uid(),
        users.nameOf(segment.uid()),
        segment.creatorPid(),
        segment.lastPid(),
        segment.attached(),
        segment.attachedAt(),
        segment.detachedAt(),
        segment.changedAt(),
        seconds - segment.changedAt(),
        seconds - used,
        segment.isRemoved());
  }
}
