// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A process that makes segments: segments.c. */
final class SegmentMaker implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  SegmentMaker(String... command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  long pid() {
    return process.pid();
  }

  /** Its next line, or null after its last. */
  String line() throws IOException {
    return said.readLine();
  }

  /** Its lines up to one that begins with this, or to its end. */
  List<String> linesUntil(String start) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      lines.add(line);
      if (line.startsWith(start)) {
        break;
      }
    }
    return lines;
  }

  /** Tells it to go on. */
  void tell() throws IOException {
    OutputStream in = process.getOutputStream();
    in.write('\n');
    in.flush();
  }

  /** Its status. */
  int end() throws IOException {
    try {
      tell();
    } catch (IOException e) {
      // It has ended by itself.
    }
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      said.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
