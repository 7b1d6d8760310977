// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import io.memreport.input.run.UnreadableInputException;
import io.memreport.recorder.chunk.ChunkFilter;
import io.memreport.recorder.chunk.ChunkHeader;
import io.memreport.recorder.run.KeptEvents;
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
 * says. Both can be read up to the last flush that is whole. A copy holds the events of memreport
 * only: what else was recorded in the JVM, as its environment, may be secret.
 */
public final class ChunkRepair implements AutoCloseable {
  /** Types of the events that describe others, the same in each recording. */
  private static final long METADATA = 0;

  private static final long CHECKPOINT = 1;
  private static final int LONGEST_NUMBER = 9;

  private final ChunkFilter filter = new ChunkFilter(KeptEvents.builtIn());
  private final List<Path> copies = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean unfinished;
  private boolean damaged;

  /** What had to be left out, a sentence each. */
  public List<String> notes() {
    return notes;
  }

  /** Whether a chunk was still being written, as a killed JVM leaves it. */
  public boolean isUnfinished() {
    return unfinished;
  }

  /** Whether a complete recording was cut off or spoiled later. */
  public boolean isDamaged() {
    return damaged;
  }

  /**
   * Returns readable files with all that can be read of a recording: itself if it is complete.
   *
   * @throws UnreadableInputException if it is no recording, or nothing of it can be read
   */
  public List<Path> readable(Path recording) throws IOException {
    try (FileChannel channel = FileChannel.open(recording, StandardOpenOption.READ)) {
      long length = channel.size();
      if (length == 0) {
        throw new UnreadableInputException(recording, "the file is empty");
      }
      List<Chunk> chunks = chunks(channel);
      if (chunks.isEmpty()) {
        boolean named = recording.toString().endsWith(".jfr");
        throw new UnreadableInputException(
            recording,
            "is no JFR recording" + (named ? "" : "; memreport oom explains logs without one"));
      }
      unfinished = chunks.stream().anyMatch(chunk -> chunk.header().state() != 0);
      long end = chunks.get(chunks.size() - 1).end();
      damaged = end < length || chunks.stream().anyMatch(Chunk::isDamaged);
      if (end < length) {
        note(recording, length - end, "are no chunk of JFR");
      } else if (chunks.stream().allMatch(Chunk::isComplete)) {
        return List.of(recording);
      }
      List<Path> files = new ArrayList<>();
      for (Chunk chunk : chunks) {
        Path copy =
            chunk.isComplete()
                ? copy(channel, chunk.at(), chunk.header())
                : repaired(recording, channel, chunk);
        if (copy != null) {
          files.add(copy);
        }
      }
      if (files.isEmpty()) {
        throw new UnreadableInputException(
            recording,
            damaged
                ? "is cut off, and nothing before the cut can be read"
                : "nothing of it was flushed to disk");
      }
      return files;
    }
  }

  /** A chunk and the bytes there are of it: all others are as long as their headers say. */
  private record Chunk(long at, long available, ChunkHeader header) {
    boolean isComplete() {
      return header.state() == 0 && header.isConsistent(available);
    }

    boolean isDamaged() {
      return header.state() == 0 && !header.isConsistent(available);
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
    read(channel, at, bytes);
    return ChunkHeader.read(bytes, 0);
  }

  private static void read(FileChannel channel, long at, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {}
    bytes.flip();
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
    Path copy = copy(channel, at, mended);
    if (available > mended.size() && header.size() > available) {
      note(recording, available - mended.size(), "behind its last whole flush are lost");
    }
    return copy;
  }

  private void note(Path recording, long bytes, String what) {
    notes.add(recording.getFileName() + ": the last " + bytes + " bytes " + what);
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

  /**
   * A complete chunk with what this one holds of ours, or with all of it if that can't be told:
   * another reader may still get through.
   */
  private Path copy(FileChannel channel, long at, ChunkHeader header) throws IOException {
    Path copy = Files.createTempFile("memreport-chunk", ".jfr");
    copies.add(copy);
    try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      filter.copy(channel, at, header, out);
      return copy;
    } catch (IOException e) {
      // The whole of it follows.
    }
    try (FileChannel out =
        FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer head = ByteBuffer.allocate(ChunkHeader.LENGTH);
      read(channel, at, head);
      header.complete().write(head, 0);
      out.write(head);
      for (long done = head.capacity(); done < header.size(); ) {
        long moved = channel.transferTo(at + done, header.size() - done, out);
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
