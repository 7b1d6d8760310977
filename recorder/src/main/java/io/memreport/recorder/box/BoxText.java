// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Strings in the box: each 2 bytes of length, little-endian, and UTF-8; 0xffff stands for null. */
public final class BoxText {
  private static final int NULL = 0xffff;

  private BoxText() {}

  /** The strings in this order, cut so that they take at most {@code room} bytes. */
  static byte[] encode(int room, String... strings) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(room);
    int left = room - 2 * strings.length;
    for (String string : strings) {
      byte[] bytes = string == null ? new byte[0] : cut(string, left);
      int length = string == null ? NULL : bytes.length;
      out.write(length);
      out.write(length >>> 8);
      out.write(bytes, 0, bytes.length);
      left -= bytes.length;
    }
    return out.toByteArray();
  }

  /** The string in UTF-8, with no character cut in two. */
  static byte[] cut(String string, int most) {
    byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= most) {
      return bytes;
    }
    int end = most;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    byte[] cut = new byte[end];
    System.arraycopy(bytes, 0, cut, 0, end);
    return cut;
  }

  /** Reads what {@link #encode} wrote; null unless it is exactly {@code count} strings. */
  public static List<String> decode(ByteBuffer box, int from, int length, int count) {
    List<String> strings = new ArrayList<>();
    int at = from;
    int end = from + length;
    while (at + 2 <= end && strings.size() < count) {
      int bytes = box.getShort(at) & 0xffff;
      at += 2;
      if (bytes == NULL) {
        strings.add(null);
      } else if (at + bytes <= end) {
        strings.add(string(box, at, bytes));
        at += bytes;
      } else {
        return null;
      }
    }
    return strings.size() == count && at == end ? strings : null;
  }

  /** UTF-8 bytes as they lie there. */
  public static String string(ByteBuffer box, int at, int length) {
    byte[] bytes = new byte[length];
    box.get(at, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** What lies before the first zero, as C has strings. */
  public static String untilZero(ByteBuffer box, int at, int room) {
    int length = 0;
    while (length < room && box.get(at + length) != 0) {
      length++;
    }
    return string(box, at, length);
  }
}
