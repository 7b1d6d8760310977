// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import io.memreport.recorder.event.MemreportEvent;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Files of the kernel: {@code proc(5)}. Each reading is complete, into a buffer that is used again;
 * one thread at a time.
 */
public final class ProcFile {
  /**
   * Where the kernel's files are. With {@code memreport.os=generic} they are not looked for, as if
   * this were a system without them.
   */
  public static final String ROOT =
      "generic".equals(System.getProperty("memreport.os")) ? "/proc-not-looked-for" : "/proc";

  private final String path;
  private byte[] buffer = new byte[4096];
  private int length;

  /** Names the file, which need not exist. */
  public ProcFile(String path) {
    this.path = path;
  }

  public String path() {
    return path;
  }

  /** Reads it anew; false if there is no such file, as on other systems. */
  public boolean read() {
    try (FileInputStream in = new FileInputStream(path)) {
      length = 0;
      for (int count = in.read(buffer, 0, buffer.length);
          count > 0;
          count = in.read(buffer, length, buffer.length - length)) {
        length += count;
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, 2 * length);
        }
      }
      return true;
    } catch (IOException e) {
      length = 0;
      return false;
    }
  }

  /** The number of kB behind a name such as {@code VmRSS:}, in bytes. */
  public long kilobytes(String name) {
    long value = number(name);
    return value == MemreportEvent.UNKNOWN ? value : value << 10;
  }

  /** The number behind a name that begins a line. */
  public long number(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    for (int line = 0; line < length; line = nextLine(line)) {
      if (startsWith(wanted, line)) {
        return numberAt(line + wanted.length);
      }
    }
    return MemreportEvent.UNKNOWN;
  }

  /** What stands behind a name that begins a line, or null. */
  public String word(String name) {
    String text = "\n" + text();
    int at = text.indexOf("\n" + name);
    if (at < 0) {
      return null;
    }
    int from = at + 1 + name.length();
    int end = text.indexOf('\n', from);
    return text.substring(from, end < 0 ? text.length() : end).strip();
  }

  /** The file's one number; {@code max} and what stands for no limit are unknown. */
  public long singleNumber() {
    return numberAt(0);
  }

  public String text() {
    return new String(buffer, 0, length, StandardCharsets.UTF_8);
  }

  private int nextLine(int from) {
    int at = from;
    while (at < length && buffer[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private boolean startsWith(byte[] wanted, int from) {
    if (from + wanted.length > length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (buffer[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private long numberAt(int from) {
    int at = from;
    while (at < length && (buffer[at] == ' ' || buffer[at] == '\t')) {
      at++;
    }
    if (at >= length || buffer[at] < '0' || buffer[at] > '9') {
      return MemreportEvent.UNKNOWN;
    }
    long value = 0;
    for (; at < length && buffer[at] >= '0' && buffer[at] <= '9'; at++) {
      value = value * 10 + buffer[at] - '0';
    }
    return value;
  }

  /** A line of {@code /proc/meminfo}, in bytes. */
  public static long memoryInfo(String name) {
    ProcFile file = new ProcFile(ROOT + "/meminfo");
    return file.read() ? file.kilobytes(name) : MemreportEvent.UNKNOWN;
  }

  /**
   * The number of this process in each PID namespace from the reader's down, as {@code 4711 12}, or
   * null: {@code NSpid} in proc(5).
   */
  public static String ownPids() {
    ProcFile file = new ProcFile(ROOT + "/self/status");
    if (file.read()) {
      for (String line : file.text().split("\n")) {
        if (line.startsWith("NSpid:")) {
          return line.substring("NSpid:".length()).strip().replace('\t', ' ');
        }
      }
    }
    return null;
  }

  /** Seconds since the machine started, or null: the clock of kernel messages. */
  public static Double uptimeSeconds() {
    ProcFile file = new ProcFile(ROOT + "/uptime");
    return file.read() ? Double.valueOf(file.text().split(" ", 2)[0]) : null;
  }
}
