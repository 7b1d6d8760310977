// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Whether another user could put something else in the place of a folder: read what is recorded, or
 * have us write where a link of theirs points. Each folder on the way to it, and each link, must
 * belong to this user or to root, and no one else may write to it. Where all may, as in {@code
 * /tmp}, the sticky bit leaves entries to their owners.
 */
final class FolderCheck {
  private static final int TYPE = 0170000;
  private static final int LINK = 0120000;
  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 020;
  private static final int OTHERS_WRITE = 02;
  private static final int MOST_LINKS = 40;

  private final Path wanted;
  private final Users users;

  private FolderCheck(Path wanted, Users users) {
    this.wanted = wanted;
    this.users = users;
  }

  /**
   * Checks a folder that may be missing yet, with all above it.
   *
   * @param folder an absolute path
   * @throws IOException if it is not safe: what is wrong, and what to do
   */
  static void check(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      new FolderCheck(folder, Users.ofThisProcess()).check();
    }
  }

  private void check() throws IOException {
    Deque<Path> rest = new ArrayDeque<>();
    wanted.forEach(rest::addLast);
    Path at = wanted.getRoot();
    require(at, attributes(at));
    for (int links = 0; !rest.isEmpty(); ) {
      Path entry = at.resolve(rest.removeFirst()).normalize();
      Map<String, Object> attributes;
      try {
        attributes = attributes(entry);
      } catch (NoSuchFileException e) {
        // What is missing will be ours.
        return;
      }
      require(entry, attributes);
      if (!isLink(attributes)) {
        at = entry;
        continue;
      }
      if (++links > MOST_LINKS) {
        throw new IOException(wanted + " leads from one link to the next without an end");
      }
      Path target = Files.readSymbolicLink(entry);
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        rest.addFirst(target.getName(i));
      }
      at = target.isAbsolute() ? target.getRoot() : at;
    }
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isLink(Map<String, Object> attributes) {
    return ((int) attributes.get("mode") & TYPE) == LINK;
  }

  private void require(Path path, Map<String, Object> attributes) throws IOException {
    int owner = (int) attributes.get("uid");
    int group = (int) attributes.get("gid");
    int mode = (int) attributes.get("mode");
    if (!users.trust(owner)) {
      throw refused(path + " belongs to another user (" + owner + ")");
    }
    if (isLink(attributes) || (mode & STICKY) != 0) {
      return;
    }
    if ((mode & OTHERS_WRITE) != 0) {
      throw refused("every user may write to " + path);
    }
    if ((mode & GROUP_WRITES) != 0 && !users.isPrivate(group)) {
      throw refused("the members of group " + group + " may write to " + path);
    }
  }

  private IOException refused(String why) {
    return new IOException(
        why
            + ", and could replace what is recorded in "
            + wanted
            + ": give a folder with out= that only this user can write to, with all folders above it");
  }
}
