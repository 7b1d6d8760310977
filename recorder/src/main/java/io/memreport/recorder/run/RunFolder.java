// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where one run leaves its files; only its user may read them.
 *
 * @param path the folder, named after the UTC time of the start and the process id
 */
public record RunFolder(Path path) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  /**
   * Creates a folder of its own below {@code out}, and {@code out} if it is missing.
   *
   * @throws IOException also if another user could replace it; the message says where
   */
  static RunFolder create(Path out, Instant startedAt, long pid) throws IOException {
    Path parent = out.toAbsolutePath().normalize();
    FolderCheck.check(parent);
    PrivateFiles.createFolders(parent);
    String name = NAME.format(startedAt) + "-" + pid;
    for (int attempt = 1; ; attempt++) {
      try {
        Path folder = parent.resolve(attempt == 1 ? name : name + "-" + attempt);
        return new RunFolder(PrivateFiles.createFolder(folder));
      } catch (FileAlreadyExistsException e) {
        if (attempt == 100) {
          throw e;
        }
      }
    }
  }

  /** Leaves no folder behind that looks like a run that was killed. */
  void discard() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  String id() {
    return path.getFileName().toString();
  }

  Path repository() {
    return path.resolve("repository");
  }

  Path recording() {
    return path.resolve("recording.jfr");
  }

  /** Writes the facts so that a reader sees the old file or the new one, never half of one. */
  void writeFacts(String json) throws IOException {
    Path fresh = path.resolve("run.json.new");
    try {
      Files.deleteIfExists(fresh);
      try (OutputStream out = Channels.newOutputStream(PrivateFiles.create(fresh))) {
        out.write(json.getBytes(StandardCharsets.UTF_8));
      }
      Files.move(
          fresh,
          path.resolve("run.json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
