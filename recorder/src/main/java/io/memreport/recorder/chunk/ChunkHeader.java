// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.chunk;

import java.nio.ByteBuffer;

/**
 * The first 68 bytes of a chunk of JFR, big-endian, as HotSpot's jfrChunkWriter.cpp writes them.
 *
 * @param size length of the chunk, as far as it was flushed
 * @param constantPool offset of the last constant pool in the chunk
 * @param metadata offset of the last metadata event in the chunk
 * @param state 0 once the chunk is complete
 */
public record ChunkHeader(long size, long constantPool, long metadata, int state) {
  /** Bytes before the first event. */
  public static final int LENGTH = 68;

  /** Where the state stands. */
  public static final int STATE_AT = 64;

  private static final int MAGIC = 0x464c5200;
  private static final int SIZE_AT = 8;
  private static final int CONSTANT_POOL_AT = 16;
  private static final int METADATA_AT = 24;
  private static final int FLAGS_AT = 67;
  private static final int COMPRESSED = 1;

  /** Reads a header, or returns null if this is none. */
  public static ChunkHeader read(ByteBuffer bytes, int at) {
    if (bytes.limit() - at < LENGTH || bytes.getInt(at) != MAGIC) {
      return null;
    }
    return new ChunkHeader(
        bytes.getLong(at + SIZE_AT),
        bytes.getLong(at + CONSTANT_POOL_AT),
        bytes.getLong(at + METADATA_AT),
        bytes.get(at + STATE_AT));
  }

  /** Whether numbers take 7 bits a byte, as in all chunks that a JVM writes by itself. */
  static boolean isCompressed(ByteBuffer bytes, int at) {
    return (bytes.get(at + FLAGS_AT) & COMPRESSED) != 0;
  }

  /** Writes these figures over those of a header; what else it says stays. */
  public void write(ByteBuffer bytes, int at) {
    bytes.putLong(at + SIZE_AT, size);
    bytes.putLong(at + CONSTANT_POOL_AT, constantPool);
    bytes.putLong(at + METADATA_AT, metadata);
    bytes.put(at + STATE_AT, (byte) state);
  }

  /** The same of a chunk that is not written any more. */
  public ChunkHeader complete() {
    return new ChunkHeader(size, constantPool, metadata, 0);
  }

  /** Whether a reader finds all it needs within this many bytes. */
  public boolean isConsistent(long available) {
    return size >= LENGTH
        && size <= available
        && constantPool >= LENGTH
        && constantPool < size
        && metadata >= LENGTH
        && metadata < size;
  }
}
