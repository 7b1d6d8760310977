// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import java.util.List;

/**
 * A file in {@code /dev/shm}.
 *
 * @param name its path below that folder
 * @param regular whether it is a file and not a link, a socket or the like
 * @param bytes its length; what of it was never written takes no memory
 * @param mode permission bits, octal
 * @param own whether it is this user's
 * @param changedAt the later of its changes of content and of state, in seconds since 1970
 * @param idleSeconds since then
 * @param users processes that have it mapped or open, as far as they can be seen
 * @param allUsersSeen whether every process was seen that may open it, root's aside
 */
public record PosixShm(
    String name,
    boolean regular,
    long bytes,
    String mode,
    boolean own,
    Long uid,
    String owner,
    long device,
    long inode,
    long changedAt,
    long idleSeconds,
    List<Long> users,
    boolean allUsersSeen)
    implements ShmObject {
  @Override
  public ShmKind kind() {
    return ShmKind.POSIX;
  }

  @Override
  public boolean isSame(ShmObject other) {
    return other instanceof PosixShm that
        && name.equals(that.name)
        && device == that.device
        && inode == that.inode
        && bytes == that.bytes
        && changedAt == that.changedAt;
  }
}
