// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.SharedMemoryDraft;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs whose words name neither the call nor, some of them, the error. */
final class Allocators {
  /**
   * One message.
   *
   * @param pattern its groups, as far as it has them: {@code path} is the file, {@code size} bytes
   */
  private record Message(
      String keyword, String program, String call, String errno, Pattern pattern) {}

  private static final List<Message> ALL =
      List.of(
          // Oracle maps MEMORY_TARGET into /dev/shm, and looks first whether it fits.
          new Message(
              "ORA-00845",
              "Oracle",
              "shm_open",
              "ENOSPC",
              Pattern.compile("ORA-00845: MEMORY_TARGET not supported")),
          new Message(
              "MEMORY_TARGET feature",
              "Oracle",
              "shm_open",
              "ENOSPC",
              Pattern.compile(
                  "MEMORY_TARGET feature\\. This feature requires the /dev/shm file system to be mounted")),
          new Message(
              "(28)No space left on device",
              "Apache httpd",
              "shmget",
              "ENOSPC",
              Pattern.compile(
                  "\\(28\\)No space left on device: .{0,80}?(?:[Ff]ailed to create|Unable to create|can't create|Could not create) "
                      + "(?:or access )?(?:the )?(?:shared memory|scoreboard)"
                      + "|\\(28\\)No space left on device: .{0,80}?apr_shm_create\\(")),
          new Message(
              "ORA-27104",
              "Oracle",
              null,
              "ORA-27104",
              Pattern.compile(
                  "ORA-27104: system-defined limits for shared memory was misconfigured")),
          // Oracle's pools have their size, whatever the system has.
          new Message(
              "ORA-04031",
              "Oracle",
              null,
              "ORA-04031",
              Pattern.compile(
                  "ORA-04031: unable to allocate (?<size>\\d{1,18}) bytes of shared memory(?: \\([^()]{0,200}\\))?")),
          // Apache httpd makes a System V semaphore for each mutex.
          new Message(
              "(28)No space left on device",
              "Apache httpd",
              "semget",
              "ENOSPC",
              Pattern.compile(
                  "\\(28\\)No space left on device: .{0,80}?(?:AH00023|AH00024|AH02026|[Mm]utex|[Ll]ock\\b|sem)")),
          // Chromium's platform_shared_memory_region_posix.cc.
          new Message(
              "Creating shared memory in ",
              SharedMemoryDraft.CHROMIUM,
              "shm_open",
              "ENOSPC",
              Pattern.compile(
                  "Creating shared memory in (?<path>/dev/shm/\\S{1,200}) failed: No space left on device")),
          // Open MPI's processes of one host talk through it.
          new Message(
              "not enough space for /dev/shm/",
              "Open MPI",
              "shm_open",
              "ENOSPC",
              Pattern.compile("there is not enough space for (?<path>/dev/shm/\\S{1,200})")),
          new Message(
              "Not enough memory to write total of ",
              "UCX",
              null,
              "ENOSPC",
              Pattern.compile(
                  "UCX +ERROR Not enough memory to write total of (?<size>\\d{1,18}) bytes\\. Please check that /dev/shm")),
          new Message(
              "failed to extend /dev/shm/",
              "NCCL",
              "posix_fallocate",
              "ENOSPC",
              Pattern.compile(
                  "NCCL WARN Error: failed to extend (?<path>/dev/shm/\\S{1,200}) to (?:\\d{1,18}) bytes")),
          // nginx shares its zones with its workers, in anonymous memory.
          new Message(
              "mmap(MAP_ANON|MAP_SHARED, ",
              SharedMemoryDraft.NGINX,
              "mmap",
              "ENOMEM",
              Pattern.compile(
                  "mmap\\(MAP_ANON\\|MAP_SHARED, (?<size>\\d{1,18})\\) failed \\(12: ")),
          new Message(
              "ngx_slab_alloc() failed: no memory",
              SharedMemoryDraft.NGINX,
              null,
              "ngx_slab_alloc",
              Pattern.compile(
                  "ngx_slab_alloc\\(\\) failed: no memory(?: in [\\w ]{1,40} \"[^\"]{1,100}\")?")),
          // PyTorch's workers hand tensors over in /dev/shm.
          new Message(
              "insufficient shared memory (shm)",
              "PyTorch",
              null,
              null,
              Pattern.compile(
                  "Unexpected bus error encountered in worker\\. This might be caused by insufficient"
                      + " shared memory \\(shm\\)")),
          new Message(
              "is killed by signal: Bus error",
              "PyTorch",
              null,
              null,
              Pattern.compile(
                  "DataLoader worker \\(pid\\(?s?\\)? \\d{1,10}\\) is killed by signal: Bus error")),
          // Db2 does not say which call failed, nor why.
          new Message(
              "SQL1084",
              "Db2",
              null,
              "SQL1084",
              Pattern.compile(
                  "SQL1084[CN]  ?The database manager failed to allocate shared memory because an operating"
                      + " system kernel memory limit has been reached")),
          // Python's multiprocessing shows the call in a trace only.
          new Message(
              "functioning sem_open implementation",
              "Python",
              "sem_open",
              "ENOSYS",
              Pattern.compile("This platform lacks a functioning sem_open implementation")));

  private Allocators() {}

  static SharedMemoryMention in(String text) {
    for (Message message : ALL) {
      Matcher found = text.contains(message.keyword()) ? message.pattern().matcher(text) : null;
      if (found != null && found.find()) {
        SharedMemoryDraft draft =
            new SharedMemoryDraft(message.program(), message.call(), message.errno());
        boolean named = message.pattern().pattern().contains("(?<path>");
        draft.segmentName = named ? found.group("path") : null;
        boolean sized = message.pattern().pattern().contains("(?<size>");
        draft.sizeBytes = sized ? Long.valueOf(found.group("size")) : null;
        int end = named ? text.length() : found.end();
        return new SharedMemoryMention(found.start(), end, draft);
      }
    }
    return null;
  }

  static List<String> keywords() {
    return ALL.stream().map(Message::keyword).toList();
  }
}
