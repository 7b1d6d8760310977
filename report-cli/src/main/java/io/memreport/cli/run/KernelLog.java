// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the kernel, and those who kill for it, said while a command ran: from the kernel's ring
 * buffer, or else from systemd's journal. A user may be allowed neither.
 */
final class KernelLog {
  private static final int SECONDS = 5;

  /** Both hold less: a kernel's buffer is 128 KiB to some MiB. */
  private static final int MOST = 16 << 20;

  /** {@code dmesg} without options: {@code [12345.678901] text}. */
  private static final Pattern STAMP = Pattern.compile("\\[\\s*(\\d{1,12}\\.\\d{1,9})\\].*");

  private KernelLog() {}

  /**
   * Writes what was said since then to a file of this user's only.
   *
   * @param uptimeSeconds of the machine when the command began, or null
   * @return the file, or null if nothing was said or nothing may be read
   */
  static Path since(Double uptimeSeconds, Instant began, Path folder) throws IOException {
    String text = uptimeSeconds == null ? "" : later(output("dmesg"), uptimeSeconds);
    if (text.isEmpty()) {
      text =
          output(
              "journalctl",
              "-q",
              "--no-pager",
              "-o",
              "short-iso",
              "--since=@" + began.getEpochSecond(),
              "-t",
              "kernel",
              "-t",
              "systemd-oomd",
              "-t",
              "earlyoom");
    }
    if (text.isBlank()) {
      return null;
    }
    Path file = folder.resolve("kernel.log");
    Files.writeString(file, text);
    return file;
  }

  /** Lines from then on; those behind a line of its own time have none. */
  static String later(String dmesg, double uptimeSeconds) {
    boolean[] later = {false};
    return dmesg
        .lines()
        .filter(
            line -> {
              Matcher stamp = STAMP.matcher(line);
              if (stamp.matches()) {
                later[0] = Double.parseDouble(stamp.group(1)) >= uptimeSeconds;
              }
              return later[0];
            })
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** What a program prints; empty if there is none of this name, or it fails or takes too long. */
  private static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      Thread end = new Thread(() -> endLate(process), "memreport-log");
      end.setDaemon(true);
      end.start();
      try (InputStream in = process.getInputStream()) {
        return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      return "";
    }
  }

  private static void endLate(Process process) {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Seconds since the machine started, or null. */
  static Double now() {
    return ProcFile.uptimeSeconds();
  }
}
