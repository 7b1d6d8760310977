// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lets {@code new OutOfMemoryError(String)} tell the recorder of its words. Java code makes that
 * error where direct buffers are refused, so that neither JVM TI nor JFR tells of it. A service may
 * meet it with nothing else woven, so this does without Byte Buddy: a call is added to the one
 * constructor, in the shape that it has in JDK 17 and 25.
 */
final class OutOfMemoryErrors {
  static final String NAME = "java/lang/OutOfMemoryError";

  private static final String TOLD = "io/memreport/recorder/memory/RefusedBuffers";
  private static final String METHOD = "refused";
  private static final String TAKES = "(Ljava/lang/String;)V";

  /** Where a class file says how many constants it has, and where they begin. */
  private static final int COUNT_AT = 8;

  private static final int CONSTANTS_AT = 10;

  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD_REFERENCE = 10;
  private static final int NAME_AND_TYPE = 12;
  private static final int ADDED_CONSTANTS = 6;

  /** Code of 6 bytes: aload_0, aload_1, invokespecial and what of, return. */
  private static final byte[] CODE = {0, 0, 0, 6, 0x2a, 0x2b, (byte) 0xb7};

  private static final int LENGTH_BEFORE_CODE = 8;
  private static final int RETURN_AFTER = 9;
  private static final byte ALOAD_1 = 0x2b;
  private static final byte INVOKE_STATIC = (byte) 0xb8;
  private static final byte RETURN = (byte) 0xb1;
  private static final int ADDED_CODE = 4;

  private OutOfMemoryErrors() {}

  /** The class with that call, or null if it has another shape. */
  static byte[] telling(byte[] classFile) {
    int constants = Short.toUnsignedInt(ByteBuffer.wrap(classFile).getShort(COUNT_AT));
    int end = endOfConstants(classFile, constants);
    int code = end < 0 ? -1 : find(classFile, end);
    if (code < 0 || classFile[code + RETURN_AFTER] != RETURN) {
      return null;
    }
    ByteBuffer file = ByteBuffer.allocate(classFile.length + 2 * Byte.MAX_VALUE);
    file.put(classFile, 0, end);
    int reference = addCall(file, constants);
    file.putShort(COUNT_AT, (short) (constants + ADDED_CONSTANTS));
    file.put(classFile, end, code - LENGTH_BEFORE_CODE - end);
    ByteBuffer old = ByteBuffer.wrap(classFile);
    file.putInt(old.getInt(code - LENGTH_BEFORE_CODE) + ADDED_CODE);
    file.putInt(old.getInt(code - Integer.BYTES));
    file.putInt(old.getInt(code) + ADDED_CODE);
    file.put(classFile, code + Integer.BYTES, RETURN_AFTER - Integer.BYTES);
    file.put(ALOAD_1).put(INVOKE_STATIC).putShort((short) reference);
    file.put(classFile, code + RETURN_AFTER, classFile.length - code - RETURN_AFTER);
    return Arrays.copyOf(file.array(), file.position());
  }

  /** Where the constants end; negative if one of them is of no kind that is known. */
  private static int endOfConstants(byte[] classFile, int count) {
    ByteBuffer file = ByteBuffer.wrap(classFile);
    int at = CONSTANTS_AT;
    for (int i = 1; i < count; i++) {
      int kind = classFile[at];
      switch (kind) {
        case UTF8 -> at += 3 + Short.toUnsignedInt(file.getShort(at + 1));
        case 3, 4, 9, METHOD_REFERENCE, 11, NAME_AND_TYPE, 17, 18 -> at += 5;
        case 5, 6 -> {
          at += 9;
          i++;
        }
        case CLASS, 8, 16, 19, 20 -> at += 3;
        case 15 -> at += 4;
        default -> {
          return -1;
        }
      }
    }
    return at;
  }

  private static int find(byte[] classFile, int from) {
    for (int at = from; at + RETURN_AFTER < classFile.length; at++) {
      if (Arrays.equals(classFile, at, at + CODE.length, CODE, 0, CODE.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Appends the constants of a call; returns the number of the method's. */
  private static int addCall(ByteBuffer file, int first) {
    text(file, TOLD);
    file.put((byte) CLASS).putShort((short) first);
    text(file, METHOD);
    text(file, TAKES);
    file.put((byte) NAME_AND_TYPE).putShort((short) (first + 2)).putShort((short) (first + 3));
    file.put((byte) METHOD_REFERENCE).putShort((short) (first + 1)).putShort((short) (first + 4));
    return first + ADDED_CONSTANTS - 1;
  }

  private static void text(ByteBuffer file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    file.put((byte) UTF8).putShort((short) bytes.length).put(bytes);
  }
}
