// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads the bytes of one chunk from a position on. */
final class ChunkBytes {
  private static final int LONGEST_NUMBER = 9;
  private static final int SEVEN_BITS = 0x7f;
  private static final int MORE = 0x80;

  /** How a string is written: its first byte. */
  private static final int NULL = 0;

  private static final int EMPTY = 1;
  private static final int POOLED = 2;
  private static final int UTF8 = 3;
  private static final int CHARS = 4;
  private static final int LATIN1 = 5;

  private final ByteBuffer bytes;
  private final int end;
  private int at;

  /**
   * @param bytes the chunk, from its header on
   * @param end how far it is valid
   */
  ChunkBytes(ByteBuffer bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  int at() {
    return at;
  }

  ChunkBytes at(int position) throws IOException {
    if (position < 0 || position > end) {
      throw new IOException("the chunk refers to " + position + ", but ends at " + end);
    }
    at = position;
    return this;
  }

  void skip(int count) throws IOException {
    if (count < 0 || count > end - at) {
      throw cut();
    }
    at += count;
  }

  private int next() throws IOException {
    if (at >= end) {
      throw cut();
    }
    return bytes.get(at++);
  }

  private IOException cut() {
    return new IOException("the chunk is cut off at " + end);
  }

  /** A number of 7 bits a byte, lowest first; the ninth byte has 8. */
  long number() throws IOException {
    int first = next();
    if (first >= 0) {
      return first;
    }
    long value = first & SEVEN_BITS;
    for (int i = 1; i < LONGEST_NUMBER - 1; i++) {
      int part = next();
      value |= (long) (part & SEVEN_BITS) << (7 * i);
      if (part >= 0) {
        return value;
      }
    }
    return value | (next() & 0xffL) << (7 * (LONGEST_NUMBER - 1));
  }

  /** A number of things that take at least a byte each, or of bytes. */
  int count() throws IOException {
    long value = number();
    if (value < 0 || value > end - at) {
      throw new IOException("the chunk has no room for " + value + " values at " + at);
    }
    return (int) value;
  }

  /** Goes behind a string; returns its key if it lies in the pool, or else -1. */
  long skipString() throws IOException {
    int kind = next();
    switch (kind) {
      case NULL, EMPTY -> {}
      case POOLED -> {
        return number();
      }
      case UTF8, LATIN1 -> skip(count());
      case CHARS -> {
        for (int left = count(); left > 0; left--) {
          number();
        }
      }
      default -> throw unknown(kind);
    }
    return -1;
  }

  /** A string that is written where it stands, as all of the metadata are. */
  String string() throws IOException {
    int kind = next();
    return switch (kind) {
      case NULL -> null;
      case EMPTY -> "";
      case UTF8 -> string(StandardCharsets.UTF_8);
      case LATIN1 -> string(StandardCharsets.ISO_8859_1);
      case CHARS -> {
        char[] chars = new char[count()];
        for (int i = 0; i < chars.length; i++) {
          chars[i] = (char) number();
        }
        yield new String(chars);
      }
      default -> throw unknown(kind);
    };
  }

  private String string(Charset charset) throws IOException {
    byte[] text = new byte[count()];
    bytes.get(at, text);
    at += text.length;
    return new String(text, charset);
  }

  private IOException unknown(int kind) {
    return new IOException("the chunk has a string of the unknown kind " + kind + " at " + at);
  }

  /** How many bytes a number takes. */
  static int length(long number) {
    int length = 1;
    for (long rest = number >>> 7; rest != 0 && length < LONGEST_NUMBER; rest >>>= 7) {
      length++;
    }
    return length;
  }

  static void write(long number, ByteBuffer to) {
    long rest = number;
    for (int i = 1; i < LONGEST_NUMBER && (rest & ~SEVEN_BITS) != 0; i++) {
      to.put((byte) (rest & SEVEN_BITS | MORE));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }
}
