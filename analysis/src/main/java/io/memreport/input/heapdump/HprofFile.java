// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.input.run.InputFile;
import io.memreport.input.run.Moments;
import io.memreport.input.run.UnreadableInputException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import okio.BufferedSource;
import okio.Okio;
import shark.HprofHeader;
import shark.HprofRecordReader;
import shark.HprofRecordTag;
import shark.StreamingHprofReader;

/** A heap dump that can be read from its beginning as often as is needed, packed by gzip or not. */
final class HprofFile {
  private static final int BUFFER = 1 << 16;
  private static final int BEGINNING = 16;
  private static final String MAGIC = "JAVA PROFILE 1.0.";

  /** Is told each record of interest, and reads all of it. */
  interface Records {
    void record(HprofRecordTag tag, long length, HprofRecordReader in);
  }

  private final Path path;
  private final LongConsumer progress;
  private final boolean packed;
  private final HprofHeader header;

  private HprofFile(Path path, LongConsumer progress, boolean packed) throws IOException {
    this.path = path;
    this.progress = progress;
    this.packed = packed;
    try (BufferedSource in = open()) {
      header = HprofHeader.Companion.parseHeaderOf(in);
    }
  }

  static HprofFile open(Path path, LongConsumer progress) throws IOException {
    InputFile.check(path);
    byte[] begins;
    try (InputStream in = Files.newInputStream(path)) {
      begins = in.readNBytes(BEGINNING + 1);
    } catch (IOException e) {
      throw InputFile.unreadable(path, e);
    }
    if (begins.length == 0) {
      throw new UnreadableInputException(path, "is empty; the JVM wrote no heap dump to it");
    }
    boolean packed = begins.length > 1 && begins[0] == 0x1f && begins[1] == (byte) 0x8b;
    String text = new String(begins, StandardCharsets.ISO_8859_1);
    if (!packed && !text.startsWith(MAGIC)) {
      throw new UnreadableInputException(
          path,
          text.startsWith("FLR\0")
              ? "is a recording of JFR and no heap dump; memreport analyze reads it"
              : "is no heap dump: the JVM's begin with " + MAGIC);
    }
    try {
      HprofFile file = new HprofFile(path, progress, packed);
      if (file.idBytes() != 4 && file.idBytes() != 8) {
        throw new Damage("ids of " + file.idBytes() + " bytes");
      }
      return file;
    } catch (IOException | RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  /** What each id in the file takes; a pointer, in HotSpot. */
  int idBytes() {
    return header.getIdentifierByteSize();
  }

  /** When it was taken, or null. */
  Instant takenAt() {
    return Moments.plausible(Instant.ofEpochMilli(header.getHeapDumpTimestamp()));
  }

  /**
   * Reads the whole file.
   *
   * @throws UnreadableInputException if it is damaged or has no end
   */
  void read(Set<HprofRecordTag> tags, Records records) throws IOException {
    boolean[] ended = new boolean[1];
    Set<HprofRecordTag> all = EnumSet.copyOf(tags);
    all.add(HprofRecordTag.HEAP_DUMP_END);
    try {
      StreamingHprofReader.Companion.readerFor(this::reopen, header)
          .readRecords(
              all,
              (tag, length, in) -> {
                ended[0] = tag == HprofRecordTag.HEAP_DUMP_END;
                if (!ended[0]) {
                  records.record(tag, length, in);
                }
              });
    } catch (RuntimeException e) {
      throw unreadable(path, e);
    } catch (Throwable e) {
      // Kotlin declares no exceptions: those of reading come through undeclared.
      if (e instanceof IOException io) {
        throw unreadable(path, io);
      }
      throw e instanceof Error error ? error : new AssertionError(e);
    }
    if (!ended[0]) {
      throw cutShort(path);
    }
  }

  private BufferedSource reopen() {
    try {
      return open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BufferedSource open() throws IOException {
    InputStream raw = new Counted(Files.newInputStream(path), progress);
    try {
      return Okio.buffer(Okio.source(packed ? new GZIPInputStream(raw, BUFFER) : raw));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static UnreadableInputException unreadable(Path path, Exception e) {
    Throwable why = e instanceof UncheckedIOException ? e.getCause() : e;
    if (why instanceof UnreadableInputException known) {
      return known;
    }
    if (why instanceof EOFException) {
      return cutShort(path);
    }
    if (why instanceof IOException io && !(why instanceof ZipException)) {
      return InputFile.unreadable(path, io);
    }
    return new UnreadableInputException(
        path,
        "is a damaged heap dump ("
            + (why instanceof Damage ? why.getMessage() : why.getClass().getSimpleName())
            + "); copy it again, or take another one");
  }

  private static UnreadableInputException cutShort(Path path) {
    return new UnreadableInputException(
        path,
        "is a heap dump without its end: the JVM was ended, or the disk was full, while it was"
            + " written; take another one");
  }

  /** Tells the bytes that are read. */
  private static final class Counted extends FilterInputStream {
    private final LongConsumer progress;

    Counted(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        progress.accept(1);
      }
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      if (read > 0) {
        progress.accept(read);
      }
      return read;
    }
  }
}
