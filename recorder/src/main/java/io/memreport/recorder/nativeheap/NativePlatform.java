// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import io.memreport.recorder.proc.ProcFile;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Which build of the shim fits this machine. */
public final class NativePlatform {
  /** File name of the shim in its folder. */
  public static final String LIBRARY = "libmemreport.so";

  private NativePlatform() {}

  /** The folder of the build that fits, or null if none does. */
  public static String directory() {
    String architecture =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "aarch64";
          default -> null;
        };
    if (architecture == null || !System.getProperty("os.name", "").equals("Linux")) {
      return null;
    }
    return "linux-" + architecture + (isMusl() ? "-musl" : "");
  }

  /** Why {@link #directory} knows no build. */
  public static String unsupported() {
    return "native memory is counted on Linux x86_64 and aarch64 only, not on "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch");
  }

  /** {@code glibc} or {@code musl}, or null on other systems. */
  public static String cLibrary() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return null;
    }
    return isMusl() ? "musl" : "glibc";
  }

  private static boolean isMusl() {
    try (BufferedReader maps =
        new BufferedReader(
            new FileReader(ProcFile.ROOT + "/self/maps", StandardCharsets.ISO_8859_1))) {
      for (String line = maps.readLine(); line != null; line = maps.readLine()) {
        if (line.contains("/ld-musl-")) {
          return true;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }
}
