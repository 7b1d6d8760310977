// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

/** Which server a key of PostgreSQL is that of: PGSharedMemoryCreate in sysv_shmem.c. */
final class SegmentKey {
  private static final int FIRST_WITH_INODES = 13;
  private static final int KEYS_PER_PORT = 1000;
  private static final int LAST_PORT = 65_535;

  /** Ports below need root, which PostgreSQL refuses to run as. */
  private static final int FIRST_PORT = 1024;

  /** A key that is taken already is followed by the next one. */
  private static final int FEW = 10;

  private SegmentKey() {}

  /**
   * Says it.
   *
   * @param version the major one of the server, or null if that is not known
   */
  static String meaning(long key, Integer version) {
    long port = key / KEYS_PER_PORT;
    if (version != null) {
      return version < FIRST_WITH_INODES
          ? "Key " + key + " is that of the server on port " + port + "."
          : "Key " + key + " is the inode number of the server's data directory.";
    }
    long attempt = key % KEYS_PER_PORT;
    boolean ofPort = port >= FIRST_PORT && port <= LAST_PORT && attempt >= 1 && attempt < FEW;
    return ofPort
        ? "Key "
            + key
            + " is likely that of a server on port "
            + port
            + ": up to PostgreSQL 12 it is port × 1000 + 1; later ones take the inode number of the"
            + " data directory."
        : "Key "
            + key
            + " is likely the inode number of the server's data directory, as since PostgreSQL 13.";
  }
}
