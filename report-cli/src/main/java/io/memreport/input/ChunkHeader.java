// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import java.nio.ByteBuffer;

/**
 * The first 68 bytes of a chunk of JFR, big-endian, as HotSpot's jfrChunkWriter.cpp writes them.
 *
 * @param size length of the chunk, as far as it was flushed
 * @param constantPool offset of the last constant pool in the chunk
 * @param metadata offset of the last metadata event in the chunk
 * @param state 0 once the chunk is complete
 */
record ChunkHeader(long size, long constantPool, long metadata, int state) {
  static final int LENGTH = 68;
  static final int SIZE_AT = 8;
  static final int CONSTANT_POOL_AT = 16;
  static final int METADATA_AT = 24;
  static final int STATE_AT = 64;
  private static final int MAGIC = 0x464c5200;

  /** Reads a header, or returns null if this is none. */
  static ChunkHeader read(ByteBuffer bytes, int at) {
    if (bytes.limit() - at < LENGTH || bytes.getInt(at) != MAGIC) {
      return null;
    }
    return new ChunkHeader(
        bytes.getLong(at + SIZE_AT),
        bytes.getLong(at + CONSTANT_POOL_AT),
        bytes.getLong(at + METADATA_AT),
        bytes.get(at + STATE_AT));
  }

  /** Whether a reader finds all it needs within this many bytes. */
  boolean isConsistent(long available) {
    return size >= LENGTH
        && size <= available
        && constantPool >= LENGTH
        && constantPool < size
        && metadata >= LENGTH
        && metadata < size;
  }
}
