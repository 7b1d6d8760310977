// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.SharedMemoryDraft;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PostgreSQL says: sysv_shmem.c, sysv_sema.c, dsm_impl.c and miscinit.c. */
final class PostgresShmTexts {
  /** The text does not say which of the two it was. */
  private static final String RESIZE = "ftruncate or posix_fallocate";

  private static final Pattern FAILED =
      Pattern.compile(
          "could not (?:(?<sysv>(?:create|get) shared memory segment)|(?<sem>create semaphores)"
              + "|(?<map>map anonymous shared memory)"
              + "|(?<verb>resize|open|create|map|remove) shared memory segment"
              + " (?:\\\\?\"){1,2}(?<name>[^\"\\\\]{1,200})(?:\\\\?\"){1,2}"
              + "(?: to (?<size>\\d{1,18}) bytes)?): ");
  private static final Pattern ATTACH =
      Pattern.compile(
          "shmat\\(id=(?<id>\\d{1,18}), addr=[^ ,)]{1,40}, flags=[^ ,)]{1,40}\\) failed: ");
  private static final Pattern IN_USE =
      Pattern.compile(
          "pre-existing shared memory block \\(key (?<key>\\d{1,18}), ID (?<id>\\d{1,18})\\) is still"
              + " in use");

  private PostgresShmTexts() {}

  static SharedMemoryMention in(String text) {
    boolean possible =
        text.contains("shared memory") || text.contains("semaphores") || text.contains("shmat(");
    if (!possible) {
      return null;
    }
    Matcher found = FAILED.matcher(text);
    if (found.find()) {
      SystemError error = SystemError.at(text, found.end());
      return error == null ? null : mention(found, error);
    }
    found = ATTACH.matcher(text);
    if (found.find()) {
      SystemError error = SystemError.at(text, found.end());
      if (error == null) {
        return null;
      }
      SharedMemoryDraft draft =
          new SharedMemoryDraft(SharedMemoryDraft.POSTGRESQL, "shmat", error.name());
      draft.id = Long.valueOf(found.group("id"));
      return new SharedMemoryMention(found.start(), error.end(), draft);
    }
    found = IN_USE.matcher(text);
    if (found.find()) {
      SharedMemoryDraft draft = new SharedMemoryDraft(SharedMemoryDraft.POSTGRESQL, null, null);
      draft.key = Long.valueOf(found.group("key"));
      draft.id = Long.valueOf(found.group("id"));
      return new SharedMemoryMention(found.start(), found.end(), draft);
    }
    return null;
  }

  private static SharedMemoryMention mention(Matcher found, SystemError error) {
    String name = found.group("name");
    if (name != null && !name.startsWith("/")) {
      // With dynamic_shared_memory_type=mmap it is a file on the disk, which can be full.
      return null;
    }
    SharedMemoryDraft draft =
        new SharedMemoryDraft(SharedMemoryDraft.POSTGRESQL, call(found, error), error.name());
    draft.segmentName = name;
    draft.sizeBytes = found.group("size") == null ? null : Long.valueOf(found.group("size"));
    return new SharedMemoryMention(found.start(), error.end(), draft);
  }

  private static String call(Matcher found, SystemError error) {
    if (found.group("sysv") != null) {
      return "shmget";
    }
    if (found.group("sem") != null) {
      return "semget";
    }
    if (found.group("map") != null) {
      return "mmap";
    }
    return switch (found.group("verb")) {
      // In tmpfs only posix_fallocate takes pages at once.
      case "resize" -> error.name().equals("ENOSPC") ? "posix_fallocate" : RESIZE;
      case "map" -> "mmap";
      case "remove" -> "shm_unlink";
      default -> "shm_open";
    };
  }
}
