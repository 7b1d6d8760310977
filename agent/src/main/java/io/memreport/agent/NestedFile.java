// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file inside the agent's jar that the JVM wants as a file of its own, to be opened before this
 * is closed. On Linux it has a name only while it is still empty, and is then opened as {@code
 * /proc/self/fd/N}: nothing stays behind, whenever the JVM is killed. Elsewhere it is a file in the
 * temporary folder until it is closed.
 */
final class NestedFile implements Closeable {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private final File file;
  private final Closeable held;

  private NestedFile(File file, Closeable held) {
    this.file = file;
    this.held = held;
  }

  /** Copies a resource of the agent's jar to where nobody else can read it. */
  static NestedFile extract(String resource, String suffix) throws IOException {
    try (InputStream in = NestedFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource + " in the agent's jar");
      }
      NestedFile nameless = Files.isDirectory(OPEN_FILES) ? nameless(in, suffix) : null;
      return nameless == null ? named(in, suffix) : nameless;
    }
  }

  /** Null, with nothing read, where {@code /proc} does not tell the open files. */
  private static NestedFile nameless(InputStream in, String suffix) throws IOException {
    String name = "memreport-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + suffix;
    // The JDK for Unix takes the name away as soon as such a file is open.
    FileChannel channel =
        FileChannel.open(
            Path.of(System.getProperty("java.io.tmpdir"), name),
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Path open = null;
    try {
      open = openFile("/" + name + " (deleted)");
      if (open == null) {
        return null;
      }
      in.transferTo(Channels.newOutputStream(channel));
      return new NestedFile(open.toFile(), channel);
    } finally {
      if (open == null) {
        channel.close();
      }
    }
  }

  private static Path openFile(String link) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(OPEN_FILES)) {
      for (Path file : files) {
        if (linkOf(file).endsWith(link)) {
          return file;
        }
      }
    }
    return null;
  }

  private static String linkOf(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      // Closed since, by another thread.
      return "";
    }
  }

  private static NestedFile named(InputStream in, String suffix) throws IOException {
    // Unlike File.createTempFile this one can be read by nobody else.
    File file = Files.createTempFile("memreport-", suffix).toFile();
    try (OutputStream out = Files.newOutputStream(file.toPath())) {
      in.transferTo(out);
    }
    return new NestedFile(file, () -> discard(file));
  }

  /** Where an open file can't be removed, it is at the JVM's end. */
  private static void discard(File file) {
    if (!file.delete()) {
      file.deleteOnExit();
    }
  }

  File file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}
