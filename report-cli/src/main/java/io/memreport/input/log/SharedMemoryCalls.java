// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How other programs tell of a call that failed: perror(3), strace, Python, PHP, Oracle, C++. */
final class SharedMemoryCalls {
  private static final int REACH = 200;

  private static final Pattern CALL =
      Pattern.compile(
          "(?<![\\w.])(shmget|shmat|shm_open|semget|sem_open|shmop_open|sem_get)(?!\\w)");

  /** What may stand between a call and its error; sentences of a manual don't look like that. */
  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?:\\([^()]{0,160}\\))?(?: ?(?:system )?call)?[ :,]{0,3}"
              + "(?:(?:has |have )?(?:failed|failure|error)|unable|cannot|could not|can't|returned|=)?"
              + "[^.;`]{0,120}?[ :=('\"-]{0,4}");

  private static final Pattern EXPLAINING =
      Pattern.compile("\\b(?:if|when|may|might|can|will|means|returns|fails with|see|because)\\b");
  private static final Pattern PATH =
      Pattern.compile("(/dev/shm/[^\\s'\":,;)\\]]{1,200})(?:['\")\\]:, ]|$)");
  private static final Pattern PYTHON =
      Pattern.compile("\\[Errno 28\\] No space left on device: '(/(?:psm|wnsm|pym)_[^']{1,100})'");
  private static final Pattern TORCH =
      Pattern.compile("unable to (?:write to|resize) file <(/torch_[^>]{1,200})>: ");
  private static final Pattern KEY =
      Pattern.compile("\\bkey ?[=:]? ?(0x[0-9a-fA-F]{1,8}|\\d{1,18})");
  private static final Pattern SIZE = Pattern.compile("\\bsize ?[=:]? ?(\\d{1,18})\\b");

  private SharedMemoryCalls() {}

  static SharedMemoryMention in(String text) {
    SharedMemoryMention found = call(text);
    if (found == null) {
      found = named(PYTHON.matcher(text), null, "shm_open");
    }
    if (found == null) {
      found = torch(text);
    }
    return found == null ? path(text) : found;
  }

  private static SharedMemoryMention call(String text) {
    Matcher call = CALL.matcher(text);
    if (!call.find()) {
      return null;
    }
    int reach = Math.min(text.length(), call.end() + REACH);
    SystemError error = SystemError.in(text, call.end(), reach);
    if (error == null) {
      return null;
    }
    String between = text.substring(call.end(), error.start());
    if (!BETWEEN.matcher(between).matches() || EXPLAINING.matcher(between).find()) {
      return null;
    }
    SharedMemoryDraft draft = new SharedMemoryDraft(null, systemCall(call.group(1)), error.name());
    draft.key = number(KEY.matcher(between));
    draft.sizeBytes = number(SIZE.matcher(between));
    return new SharedMemoryMention(call.start(), error.end(), draft);
  }

  /** PHP's functions are named after what they do. */
  private static String systemCall(String name) {
    return switch (name) {
      case "shmop_open" -> "shmget";
      case "sem_get" -> "semget";
      default -> name;
    };
  }

  private static Long number(Matcher found) {
    return found.find() ? Long.decode(found.group(1).replaceFirst("^0+(?=\\d)", "")) : null;
  }

  private static SharedMemoryMention named(Matcher found, String program, String call) {
    if (!found.find()) {
      return null;
    }
    SharedMemoryDraft draft = new SharedMemoryDraft(program, call, "ENOSPC");
    draft.segmentName = found.group(1);
    return new SharedMemoryMention(found.start(), found.end(), draft);
  }

  private static SharedMemoryMention torch(String text) {
    Matcher found = TORCH.matcher(text);
    SystemError error = found.find() ? SystemError.at(text, found.end()) : null;
    return error == null || !error.name().equals("ENOSPC")
        ? null
        : named(found.reset(), "PyTorch", null);
  }

  /** A file of /dev/shm that could not grow. */
  private static SharedMemoryMention path(String text) {
    Matcher found = PATH.matcher(text);
    int error = text.indexOf("No space left on device");
    if (error < 0 || !found.find()) {
      return null;
    }
    SharedMemoryDraft draft = new SharedMemoryDraft(null, null, "ENOSPC");
    draft.segmentName = found.group(1);
    return new SharedMemoryMention(
        Math.min(found.start(), error),
        Math.max(found.end(1), error + "No space left on device".length()),
        draft);
  }
}
