// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.model.shm.PosixShm;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * A file in {@code /dev/shm}, by the attributes that inode(7) describes.
 *
 * @param name its path below that folder
 * @param changedAt the later of its changes of content and of state, in seconds since 1970
 */
record PosixFile(
    String name,
    boolean regular,
    long bytes,
    int mode,
    long uid,
    long device,
    long inode,
    long changedAt) {
  /** More than these are not read: anybody may fill the folder. */
  static final int MOST = 10_000;

  private static final int DEPTH = 8;
  private static final int PERMISSIONS = 07777;
  private static final int OTHERS = 077;

  /** All below a folder; none if there is no such folder. */
  static List<PosixFile> all(Path folder) throws IOException {
    List<PosixFile> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isDirectory()) {
              read(folder, file, files);
            }
            return files.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path closed, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEPTH, visitor);
    return files;
  }

  private static void read(Path folder, Path file, List<PosixFile> files) {
    try {
      Map<String, Object> facts =
          Files.readAttributes(
              file,
              "unix:isRegularFile,size,mode,uid,dev,ino,lastModifiedTime,ctime",
              LinkOption.NOFOLLOW_LINKS);
      long modified = seconds(facts.get("lastModifiedTime"));
      files.add(
          new PosixFile(
              folder.relativize(file).toString(),
              (Boolean) facts.get("isRegularFile"),
              ((Number) facts.get("size")).longValue(),
              ((Number) facts.get("mode")).intValue() & PERMISSIONS,
              ((Number) facts.get("uid")).longValue(),
              ((Number) facts.get("dev")).longValue(),
              ((Number) facts.get("ino")).longValue(),
              Math.max(modified, seconds(facts.get("ctime")))));
    } catch (IOException e) {
      // It was removed just now.
    }
  }

  private static long seconds(Object time) {
    return ((FileTime) time).toInstant().getEpochSecond();
  }

  PosixShm object(long ownUid, Users users, FileUsers using, Instant now) {
    return new PosixShm(
        name,
        regular,
        bytes,
        String.format("%03o", mode),
        uid == ownUid,
        uid,
        users.nameOf(uid),
        device,
        inode,
        changedAt,
        now.getEpochSecond() - changedAt,
        using.of(this),
        using.allSeen(uid, (mode & OTHERS) == 0));
  }
}
