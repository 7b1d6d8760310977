// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What may be opened: a pipe or a device would wait, or never end. */
public final class InputFile {
  private InputFile() {}

  /** The attributes of a file or folder that this user may read; links are followed. */
  static BasicFileAttributes attributes(Path input) throws UnreadableInputException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(input, BasicFileAttributes.class);
    } catch (IOException e) {
      throw unreadable(input, e);
    }
    if (attributes.isOther()) {
      throw new UnreadableInputException(
          input, "is a pipe, a device or a socket; give a file that is complete");
    }
    boolean allowed =
        Files.isReadable(input) && (!attributes.isDirectory() || Files.isExecutable(input));
    if (!allowed) {
      throw unreadable(input, new AccessDeniedException(input.toString()));
    }
    return attributes;
  }

  /**
   * Checks that something can be opened and read to its end.
   *
   * @throws UnreadableInputException with the reason, if it is no file or may not be read
   */
  public static void check(Path file) throws UnreadableInputException {
    if (attributes(file).isDirectory()) {
      throw new UnreadableInputException(file, "is a folder; give the files in it");
    }
  }

  /** What to say, behind its name, of a file at which a reader failed. */
  public static String damage(Throwable e) {
    return e instanceof OutOfMemoryError
        ? " is damaged, or needs more memory than this JVM has (-Xmx gives it more)"
        : " is damaged (" + e.getClass().getSimpleName() + ")";
  }

  /** The same failure as a line: what, why, what to do. */
  public static UnreadableInputException unreadable(Path input, IOException e) {
    if (e instanceof UnreadableInputException known) {
      return known;
    }
    String file = e instanceof FileSystemException in ? in.getFile() : null;
    return new UnreadableInputException(file == null ? input : Path.of(file), why(e));
  }

  private static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "this user may not read it; run this as the user who wrote it";
    }
    if (e instanceof FileSystemLoopException) {
      return "is a link that leads to itself";
    }
    String reason = e instanceof FileSystemException in ? in.getReason() : e.getMessage();
    return "can't be read" + (reason == null ? "" : ": " + reason);
  }
}
