// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the chunks of a recording readable, in copies. A killed JVM leaves its last chunk marked as
 * being written, which newer JDKs refuse; a file that was cut off has no metadata where its header
 * says. Both can be read up to the last flush that is whole.
 */
final class ChunkRepair implements AutoCloseable {
  /** Types of the events that describe others, the same in each recording. */
  private static final long METADATA = 0;

  private static final long CHECKPOINT = 1;
  private static final int LONGEST_NUMBER = 9;

  private final List<Path> copies = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** What had to be left out, a sentence each. */
  List<String> notes() {
    return notes;
  }

  /**
   * Returns readable files with all that can be read of a recording: itself if it is complete.
   *
   * @throws UnreadableInputException if it is no recording, or nothing of it can be read
   */
  List<Path> readable(Path recording) throws IOException {
    try (FileChannel channel = FileChannel.open(recording, StandardOpenOption.READ)) {
      long length = channel.size();
      if (length == 0) {
        throw new UnreadableInputException(recording, "the file is empty");
      }
      List<Chunk> chunks = chunks(channel);
      if (chunks.isEmpty()) {
        throw new UnreadableInputException(recording, "is no JFR recording");
      }
      long end = chunks.get(chunks.size() - 1).end();
      if (end < length) {
        note(recording, length - end, "are no chunk of JFR");
      } else if (chunks.stream().allMatch(Chunk::isComplete)) {
        return List.of(recording);
      }
      List<Path> files = new ArrayList<>();
      for (Chunk chunk : chunks) {
        Path copy =
            chunk.isComplete()
                ? copy(channel, chunk.at(), chunk.header().size())
                : repaired(recording, channel, chunk);
        if (copy != null) {
          files.add(copy);
        }
      }
      if (files.isEmpty()) {
        throw new UnreadableInputException(recording, "nothing of it was flushed to disk");
      }
      return files;
    }
  }

  /** A chunk and the bytes there are of it: all others are as long as their headers say. */
  private record Chunk(long at, long available, ChunkHeader header) {
    boolean isComplete() {
      return header.state() == 0 && header.isConsistent(available);
    }

    long end() {
      return isComplete() ? at + header.size() : at + available;
    }
  }

  private static List<Chunk> chunks(FileChannel channel) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    long length = channel.size();
    for (long at = 0; at < length; at = chunks.get(chunks.size() - 1).end()) {
      ChunkHeader header = header(channel, at);
      if (header == null) {
        break;
      }
      long rest = length - at;
      // One that is marked as being written may still have others behind it.
      boolean followed = header.isConsistent(rest) && header(channel, at + header.size()) != null;
      chunks.add(new Chunk(at, followed ? header.size() : rest, header));
    }
    return chunks;
  }

  private static ChunkHeader header(FileChannel channel, long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(ChunkHeader.LENGTH);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {}
    return ChunkHeader.read(bytes.flip(), 0);
  }

  private Path repaired(Path recording, FileChannel channel, Chunk chunk) throws IOException {
    long at = chunk.at();
    long available = chunk.available();
    ChunkHeader header = chunk.header();
    ChunkHeader mended = header.isConsistent(available) ? header : lastFlush(channel, at);
    if (mended == null) {
      note(recording, available, "were never flushed");
      return null;
    }
    Path copy = copy(channel, at, mended.size());
    try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      write(out, ChunkHeader.SIZE_AT, mended.size());
      write(out, ChunkHeader.CONSTANT_POOL_AT, mended.constantPool());
      write(out, ChunkHeader.METADATA_AT, mended.metadata());
      out.write(ByteBuffer.allocate(1), ChunkHeader.STATE_AT);
    }
    if (available > mended.size() && header.size() > available) {
      note(recording, available - mended.size(), "behind its last whole flush are lost");
    }
    return copy;
  }

  private void note(Path recording, long bytes, String what) {
    notes.add(recording.getFileName() + ": the last " + bytes + " bytes " + what);
  }

  private static void write(FileChannel out, long at, long value) throws IOException {
    out.write(ByteBuffer.allocate(Long.BYTES).putLong(0, value), at);
  }

  /** Walks the events of a chunk to the last metadata and constant pool that are whole. */
  private static ChunkHeader lastFlush(FileChannel channel, long start) throws IOException {
    long available = channel.size() - start;
    long metadata = 0;
    long constantPool = 0;
    long end = 0;
    ByteBuffer bytes = ByteBuffer.allocate(2 * LONGEST_NUMBER);
    for (long at = ChunkHeader.LENGTH; at < available; ) {
      bytes.clear();
      channel.read(bytes, start + at);
      bytes.flip();
      long size = number(bytes);
      long type = number(bytes);
      if (size <= 0 || size > available - at) {
        break;
      }
      if (type == METADATA) {
        metadata = at;
        end = at + size;
      } else if (type == CHECKPOINT) {
        constantPool = at;
        end = at + size;
      }
      at += size;
    }
    return metadata > 0 && constantPool > 0
        ? new ChunkHeader(end, constantPool, metadata, 0)
        : null;
  }

  /** A number of 7 bits a byte, lowest first; the ninth byte has 8. */
  private static long number(ByteBuffer bytes) {
    long value = 0;
    for (int i = 0; i < LONGEST_NUMBER && bytes.hasRemaining(); i++) {
      long part = bytes.get() & 0xff;
      if (i == LONGEST_NUMBER - 1) {
        return value | part << (7 * i);
      }
      value |= (part & 0x7f) << (7 * i);
      if (part < 0x80) {
        return value;
      }
    }
    return -1;
  }

  private Path copy(FileChannel channel, long at, long size) throws IOException {
    Path copy = Files.createTempFile("memreport-chunk", ".jfr");
    copies.add(copy);
    try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      long done = 0;
      while (done < size) {
        long moved = channel.transferTo(at + done, size - done, out);
        if (moved <= 0) {
          break;
        }
        done += moved;
      }
    }
    return copy;
  }

  @Override
  public void close() {
    for (Path copy : copies) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
