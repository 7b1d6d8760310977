// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the time of a command: it goes when that ends, also by Ctrl-C. */
final class ScratchFolder implements AutoCloseable {
  private static final int TRIES = 20;
  private static final long PAUSE_MILLIS = 50;

  private final Path path;
  private final Thread hook = new Thread(this::delete, "memreport-scratch");

  private ScratchFolder(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static ScratchFolder create() throws IOException {
    return new ScratchFolder(Files.createTempDirectory("memreport-"));
  }

  /** A folder inside it, which is made if it is not there. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(path.resolve(name));
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The command is being ended: the hook finds nothing to do.
      return;
    }
  }

  /** Processes that are ending may still write to it. */
  private void delete() {
    for (int i = 0; i < TRIES && Files.exists(path); i++) {
      if (!deleteAll()) {
        pause();
      }
    }
  }

  private boolean deleteAll() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : innermostFirst) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
