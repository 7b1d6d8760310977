// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders for their user only, whatever the umask allows. */
final class PrivateFiles {
  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";

  /** Of a folder on the way to ours: others may see what is there, and add nothing. */
  private static final String FOLDER_ON_THE_WAY = "rwxr-xr-x";

  private PrivateFiles() {}

  /**
   * A new, empty file to write.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is anything of this name, also a link
   */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), with(file, FILE));
  }

  /** A new folder. */
  static Path createFolder(Path folder) throws IOException {
    return Files.createDirectory(folder, with(folder, FOLDER));
  }

  /** The folder and those above it, as far as they are missing. */
  static void createFolders(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent, with(parent, FOLDER_ON_THE_WAY));
    }
    Files.createDirectories(folder, with(folder, FOLDER));
  }

  /** Takes from others what a file or folder that JFR created allows them. */
  static void restrict(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
      view.setPermissions(PosixFilePermissions.fromString(folder ? FOLDER : FILE));
    }
  }

  private static FileAttribute<?>[] with(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
