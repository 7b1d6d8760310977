// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;

/**
 * Where JFR keeps its chunks. Without a command line only its internals can move it: {@code
 * jdk.jfr.internal.Repository.setBasePath}, whose parameter is a SafePath up to JDK 23 and a Path
 * from JDK 24 on. The agent must have opened that package to this class's module before.
 */
final class JfrRepository {
  private JfrRepository() {}

  /** Moves it; if that fails JFR goes on with its own, below {@code java.io.tmpdir}. */
  static void moveTo(Path folder) {
    try {
      Class<?> type = Class.forName("jdk.jfr.internal.Repository");
      Object repository = type.getMethod("getRepository").invoke(null);
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals("setBasePath") && method.getParameterCount() == 1) {
          Class<?> parameter = method.getParameterTypes()[0];
          Object argument =
              parameter == Path.class
                  ? folder
                  : parameter.getConstructor(Path.class).newInstance(folder);
          method.setAccessible(true);
          method.invoke(repository, argument);
        }
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // run.json says where the chunks really are.
      return;
    }
  }

  /** Puts it back to where JFR has it by default. */
  static void moveBack() {
    moveTo(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Where the chunks are now, or null before JFR's first recording. */
  static Path current() {
    String path = System.getProperty("jdk.jfr.repository");
    return path == null ? null : Path.of(path);
  }

  /**
   * The chunks of a recording that has stopped, oldest first, until it is closed. The public API
   * has their bytes only, and in one stream.
   */
  static List<Path> chunks(Recording recording) throws IOException {
    try {
      Class<?> access = Class.forName("jdk.jfr.internal.PrivateAccess");
      Object platform =
          access
              .getMethod("getPlatformRecording", Recording.class)
              .invoke(access.getMethod("getInstance").invoke(null), recording);
      List<Path> chunks = new ArrayList<>();
      for (Object chunk : (List<?>) platform.getClass().getMethod("getChunks").invoke(platform)) {
        // A RepositoryChunk, whose class is not public; that is its path.
        chunks.add(Path.of(chunk.toString()));
      }
      return chunks;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new IOException("JFR does not say where its chunks are", e);
    }
  }

  /**
   * Takes from others what the umask allows them of the chunks, which JFR creates. They can't enter
   * the run folder anyway.
   */
  static void restrict() {
    Path chunks = current();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(chunks, "*.jfr")) {
      PrivateFiles.restrict(chunks);
      for (Path file : files) {
        PrivateFiles.restrict(file);
      }
    } catch (IOException | RuntimeException e) {
      // Then they are as private as their folder.
      return;
    }
  }

  /**
   * Gives the chunks a second name, since JFR deletes its own with the JVM's end. That takes no
   * space.
   */
  static void keep(Path chunks, Path folder) throws IOException {
    PrivateFiles.createFolders(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(chunks, "*.jfr")) {
      for (Path file : files) {
        Files.createLink(folder.resolve(file.getFileName()), file);
      }
    }
  }

  /** The same of some chunks, which may lie on another disk: then they are copied. */
  static void keep(List<Path> chunks, Path folder) throws IOException {
    PrivateFiles.createFolders(folder);
    for (Path chunk : chunks) {
      Path kept = folder.resolve(chunk.getFileName());
      try {
        Files.createLink(kept, chunk);
      } catch (IOException | UnsupportedOperationException e) {
        Files.copy(chunk, kept);
        PrivateFiles.restrict(kept);
      }
    }
  }
}
