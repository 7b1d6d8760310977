// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.model.shm.ShmProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which processes have which files mapped or open. A file is known by its device and inode: its
 * path differs between containers, and may hold anything.
 */
final class FileUsers {
  private record Inode(long device, long number) {}

  private final Map<Inode, Set<Long>> users = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<ShmProcess> unseen = new ArrayList<>();

  FileUsers(Proc proc, Map<Long, ShmProcess> processes, Collection<PosixFile> files) {
    for (PosixFile file : files) {
      users.put(new Inode(file.device(), file.inode()), new HashSet<>());
      names.add(lastName(file.name()));
    }
    for (ShmProcess process : processes.values()) {
      if (process.zombie()) {
        continue;
      }
      boolean seen =
          readMaps(proc.of(process.pid(), "maps"), process.pid())
              && readOpen(proc.of(process.pid(), "fd"), process.pid());
      if (!seen && proc.hasMemory(process.pid())) {
        unseen.add(process);
      }
    }
  }

  List<Long> of(PosixFile file) {
    return users.get(new Inode(file.device(), file.inode())).stream().sorted().toList();
  }

  /**
   * Whether every process was seen that may have opened a file.
   *
   * @param ownerOnly only its owner may, and root
   */
  boolean allSeen(long uid, boolean ownerOnly) {
    return unseen.stream()
        .noneMatch(
            process -> !ownerOnly || process.uid() == null || process.uid().longValue() == uid);
  }

  private boolean readMaps(Path maps, long pid) {
    try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
      lines.forEach(line -> add(mapped(line), pid));
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** A line of maps: {@code start-end perms offset major:minor inode path}; null if no file. */
  private static Inode mapped(String line) {
    String[] fields = line.split("\\s+", 6);
    if (fields.length < 5 || fields[4].equals("0")) {
      return null;
    }
    String[] device = fields[3].split(":", 2);
    try {
      return new Inode(
          device(Long.parseLong(device[0], 16), Long.parseLong(device[1], 16)),
          Long.parseLong(fields[4]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return null;
    }
  }

  /** {@code st_dev} from its parts: gnu_dev_makedev in glibc's bits/sysmacros.h. */
  private static long device(long major, long minor) {
    return (major & 0xfff) << 8 | (major & ~0xfffL) << 32 | minor & 0xff | (minor & ~0xffL) << 12;
  }

  private boolean readOpen(Path folder, long pid) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(folder)) {
      for (Path link : open) {
        String target = Proc.link(link);
        // To ask each of them for its inode would wait for a server that is gone.
        if (target != null
            && names.contains(lastName(target.replaceFirst(" \\(deleted\\)$", "")))) {
          add(inode(link), pid);
        }
      }
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static Inode inode(Path link) {
    try {
      Map<String, Object> facts = Files.readAttributes(link, "unix:dev,ino");
      return new Inode(
          ((Number) facts.get("dev")).longValue(), ((Number) facts.get("ino")).longValue());
    } catch (IOException e) {
      return null;
    }
  }

  private void add(Inode inode, long pid) {
    Set<Long> found = inode == null ? null : users.get(inode);
    if (found != null) {
      found.add(pid);
    }
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
