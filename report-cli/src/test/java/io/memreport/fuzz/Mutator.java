// SPDX-License-Identifier: Apache-2.0
package io.memreport.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes as disks, crashes and attackers do. The same seed changes them alike. */
final class Mutator {
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    0x7f,
    0xff,
    Short.MAX_VALUE,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1
  };

  private static final List<String> TEXTS =
      List.of(
          "9223372036854775807",
          "-9223372036854775808",
          "99999999999999999999999999",
          "1e999999999",
          "-1",
          "0",
          "NaN",
          "\u0000",
          "\u001b[2J",
          "\n",
          "\r\n",
          "\"",
          "{",
          "[[[[[[[[",
          "(null)",
          "%s%n",
          "\uFFFF",
          "kB",
          "=");

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /** One to eight changes, each somewhere between two offsets, or anywhere. */
  byte[] mutated(byte[] seed, boolean text) {
    byte[] bytes = seed.clone();
    for (int changes = 1 + random.nextInt(8); changes > 0 && bytes.length > 0; changes--) {
      bytes = changed(bytes, text);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes, boolean text) {
    int at = position(bytes.length);
    switch (random.nextInt(text ? 7 : 6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> number(bytes, at);
      case 3 -> {
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      }
      case 4 -> {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(64));
        byte[] block = Arrays.copyOfRange(bytes, at, at + length);
        return text ? spliced(bytes, position(bytes.length), 0, block) : over(bytes, block);
      }
      case 5 -> {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(32));
        return text ? spliced(bytes, at, length, new byte[0]) : bytes;
      }
      default -> {
        byte[] word = TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
        return spliced(bytes, at, Math.min(random.nextInt(20), bytes.length - at), word);
      }
    }
    return bytes;
  }

  /** Formats are told at their beginnings and ends. */
  private int position(int length) {
    int near = Math.min(length, 2048);
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(near);
      case 1 -> length - 1 - random.nextInt(near);
      default -> random.nextInt(length);
    };
  }

  private void number(byte[] bytes, int at) {
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long value = extreme();
    if (at + Long.BYTES <= bytes.length && random.nextBoolean()) {
      buffer.putLong(at, value);
    } else if (at + Integer.BYTES <= bytes.length) {
      buffer.putInt(at, (int) value);
    }
  }

  /** A number at which sums overflow and sizes are absurd. */
  long extreme() {
    return random.nextInt(4) == 0 ? random.nextLong() : EXTREMES[random.nextInt(EXTREMES.length)];
  }

  private byte[] over(byte[] bytes, byte[] block) {
    int at = position(bytes.length);
    System.arraycopy(block, 0, bytes, at, Math.min(block.length, bytes.length - at));
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
    byte[] spliced = new byte[bytes.length - removed + added.length];
    System.arraycopy(bytes, 0, spliced, 0, at);
    System.arraycopy(added, 0, spliced, at, added.length);
    System.arraycopy(bytes, at + removed, spliced, at + added.length, bytes.length - at - removed);
    return spliced;
  }
}
