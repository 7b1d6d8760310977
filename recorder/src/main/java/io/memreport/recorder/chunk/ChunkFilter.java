// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Writes a chunk again with some of its events only, and of its pools what these refer to: strings,
 * threads and classes of all other events stay out. A JVM has one set of chunks, into which each
 * recording's events go.
 *
 * <p>The metadata stays: it names the types of all events, and holds none of their values. The copy
 * is a complete chunk even if the JVM had not finished this one.
 */
public final class ChunkFilter {
  /** Types of the events that describe others, the same in each chunk. */
  private static final long METADATA = 0;

  private static final long CHECKPOINT = 1;

  private final Predicate<String> kept;

  /**
   * @param kept which types of events stay, by name
   */
  public ChunkFilter(Predicate<String> kept) {
    this.kept = kept;
  }

  /**
   * Copies one chunk.
   *
   * @param in a file of chunks
   * @param at where this one begins
   * @param header what holds of it, be it what stands there or what was found to be whole
   * @param out gets the copy
   * @throws IOException if the chunk can't be read, or the copy can't be written; then {@code out}
   *     holds a part of it
   */
  public void copy(FileChannel in, long at, ChunkHeader header, WritableByteChannel out)
      throws IOException {
    if (!header.isConsistent(in.size() - at) || header.size() > Integer.MAX_VALUE) {
      throw new IOException("the chunk of " + header.size() + " bytes can't be read");
    }
    ByteBuffer chunk = in.map(FileChannel.MapMode.READ_ONLY, at, header.size());
    if (ChunkHeader.read(chunk, 0) == null || !ChunkHeader.isCompressed(chunk, 0)) {
      throw new IOException("the chunk is none that a JVM writes");
    }
    try {
      new Copy(chunk, header, kept).to(out);
    } catch (RuntimeException | StackOverflowError | InternalError e) {
      // An InternalError is what a mapped file gives that somebody has made shorter.
      throw new IOException("the chunk is damaged", e);
    }
  }

  /** One chunk and what is found in it. */
  private static final class Copy {
    private final ByteBuffer chunk;
    private final int end;
    private final ChunkHeader header;
    private final ChunkBytes bytes;
    private final ChunkTypes types;
    private final Pools pools;

    /** Where kept events begin and end, in turn; neighbours are one. */
    private int[] runs = new int[64];

    private int runCount;

    /** Where the event ends that the bytes stand in. */
    private int next = ChunkHeader.LENGTH;

    Copy(ByteBuffer chunk, ChunkHeader header, Predicate<String> kept) throws IOException {
      this.chunk = chunk;
      this.header = header;
      end = (int) header.size();
      bytes = new ChunkBytes(chunk, end);
      types = ChunkTypes.read(content(header.metadata(), METADATA), kept);
      pools = new Pools(bytes, types.string());
    }

    void to(WritableByteChannel out) throws IOException {
      readPools();
      findEvents();
      pools.close();
      ByteBuffer metadata = event(header.metadata());
      ByteBuffer checkpoint = checkpoint();
      long at = ChunkHeader.LENGTH;
      for (int i = 0; i < runCount; i += 2) {
        at += runs[i + 1] - runs[i];
      }
      long pool = at + metadata.remaining();
      ByteBuffer head = ByteBuffer.allocate(ChunkHeader.LENGTH);
      head.put(chunk.slice(0, ChunkHeader.LENGTH)).flip();
      new ChunkHeader(pool + checkpoint.remaining(), pool, at, 0).write(head, 0);
      write(head, out);
      for (int i = 0; i < runCount; i += 2) {
        write(chunk.slice(runs[i], runs[i + 1] - runs[i]), out);
      }
      write(metadata, out);
      write(checkpoint, out);
    }

    /** Goes to the next event and returns its type; the bytes then stand behind that. */
    private long nextEvent() throws IOException {
      int at = next;
      bytes.at(at);
      long size = bytes.number();
      long type = bytes.number();
      if (size < bytes.at() - at || size > end - at) {
        throw new IOException("the chunk has an event of " + size + " bytes at " + at);
      }
      next = at + (int) size;
      return type;
    }

    /** The content of an event of a known type, behind its size and type. */
    private ChunkBytes content(long at, long type) throws IOException {
      next = (int) at;
      if (nextEvent() != type) {
        throw new IOException("the chunk has no event of type " + type + " at " + at);
      }
      return bytes;
    }

    private ByteBuffer event(long at) throws IOException {
      next = (int) at;
      nextEvent();
      return chunk.slice((int) at, next - (int) at);
    }

    private void readPools() throws IOException {
      for (next = ChunkHeader.LENGTH; next < end; ) {
        if (nextEvent() == CHECKPOINT) {
          // Start, duration, and where the one before is.
          for (int i = 0; i < 3; i++) {
            bytes.number();
          }
          bytes.skip(1);
          for (int left = bytes.count(); left > 0; left--) {
            long id = bytes.number();
            TypeLayout pool = types.type(id);
            if (pool == null) {
              throw new IOException("the chunk has a pool of the unknown type " + id);
            }
            pools.read(pool);
          }
        }
      }
    }

    private void findEvents() throws IOException {
      for (next = ChunkHeader.LENGTH; next < end; ) {
        int at = next;
        TypeLayout type = types.type(nextEvent());
        if (type != null && type.isKeptEvent()) {
          type.walk(bytes, types.string(), pools);
          if (bytes.at() > next) {
            throw new IOException("the chunk's event at " + at + " is longer than it says");
          }
          keep(at, next);
        }
      }
    }

    private void keep(int from, int to) {
      if (runCount > 0 && runs[runCount - 1] == from) {
        runs[runCount - 1] = to;
        return;
      }
      if (runCount == runs.length) {
        runs = Arrays.copyOf(runs, 2 * runCount);
      }
      runs[runCount++] = from;
      runs[runCount++] = to;
    }

    /** One event with all pools, where the JVM wrote one at each flush. */
    private ByteBuffer checkpoint() throws IOException {
      content(header.constantPool(), CHECKPOINT);
      long start = bytes.number();
      long duration = bytes.number();
      ByteBuffer entries = pools.kept(chunk);
      // None before it, and of no special kind.
      int size =
          ChunkBytes.length(CHECKPOINT)
              + ChunkBytes.length(start)
              + ChunkBytes.length(duration)
              + 2
              + entries.remaining();
      int sizeLength = 1;
      while (ChunkBytes.length(size + sizeLength) > sizeLength) {
        sizeLength++;
      }
      ByteBuffer event = ByteBuffer.allocate(size + sizeLength);
      ChunkBytes.write(size + sizeLength, event);
      ChunkBytes.write(CHECKPOINT, event);
      ChunkBytes.write(start, event);
      ChunkBytes.write(duration, event);
      return event.put((byte) 0).put((byte) 0).put(entries).flip();
    }

    private static void write(ByteBuffer bytes, WritableByteChannel out) throws IOException {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
  }
}
