// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** Jars that the extension's own jar holds. */
enum NestedJar {
  AGENT("memreport-agent.jar"),
  COMMAND("memreport.jar");

  private final String fileName;

  NestedJar(String fileName) {
    this.fileName = fileName;
  }

  String fileName() {
    return fileName;
  }

  /**
   * Writes it, unless this very jar is there: a build before may have had another version. Two
   * modules may do so at once.
   */
  void copyTo(Path file) throws IOException {
    byte[] jar;
    try (InputStream in = NestedJar.class.getResourceAsStream("/" + fileName)) {
      if (in == null) {
        throw new IOException("the extension's jar has no " + fileName);
      }
      jar = in.readAllBytes();
    }
    if (Files.exists(file) && Arrays.equals(jar, Files.readAllBytes(file))) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path part = Files.createTempFile(file.getParent(), fileName, ".part");
    try {
      Files.write(part, jar);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
