// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.SharedMemoryDraft;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How other programs tell of a call that failed: perror(3), strace, Python, PHP, Oracle, C++. */
final class SharedMemoryCalls {
  private static final int REACH = 200;
  private static final int MOST_CALLS = 8;

  /** Each line that is looked at more closely holds one of these. */
  private static final List<String> WORDS =
      List.of("shm", "semget", "sem_", "[Errno 28]", "/torch_");

  private static final Pattern CALL =
      Pattern.compile(
          "(?<![\\w.])(shmget|shmat|shm_open|semget|sem_open|shmop_open|sem_get)(?!\\w)");

  /** What may stand between a call and its error; sentences of a manual don't look like that. */
  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?:\\([^()]{0,160}\\))?(?: ?(?:system )?call)?[ :,]{0,3}"
              + "(?:(?:has |have )?(?:failed|failure|error)|unable|cannot|could not|can't|returned|=)?"
              + "(?:[^.;`]|\\.(?=\\w)){0,120}?[ :=('\"-]{0,4}");

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

  /** The arguments as strace shows them. */
  private static final Pattern SHMGET = Pattern.compile("^\\(\\w{1,20}, (\\d{1,18}), ");

  private SharedMemoryCalls() {}

  static SharedMemoryMention in(String text) {
    if (WORDS.stream().noneMatch(text::contains)) {
      return null;
    }
    SharedMemoryMention found = call(text);
    if (found == null) {
      found = python(text);
    }
    if (found == null) {
      found = torch(text);
    }
    return found == null ? path(text) : found;
  }

  private static SharedMemoryMention call(String text) {
    Matcher call = CALL.matcher(text);
    SharedMemoryMention mention = null;
    for (int i = 0; i < MOST_CALLS && mention == null && call.find(); i++) {
      mention = failed(text, call);
    }
    return mention;
  }

  private static SharedMemoryMention failed(String text, Matcher call) {
    int reach = Math.min(text.length(), call.end() + REACH);
    SystemError error = SystemError.in(text, call.end(), reach);
    String between = error == null ? "." : text.substring(call.end(), error.start());
    if (!BETWEEN.matcher(between).matches() || EXPLAINING.matcher(between).find()) {
      return null;
    }
    SharedMemoryDraft draft = new SharedMemoryDraft(null, systemCall(call.group(1)), error.name());
    draft.key = number(KEY.matcher(between));
    Matcher arguments = SHMGET.matcher(between);
    boolean traced = call.group(1).equals("shmget") && arguments.find();
    draft.sizeBytes = traced ? Long.valueOf(arguments.group(1)) : number(SIZE.matcher(between));
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

  private static SharedMemoryMention python(String text) {
    Matcher found = PYTHON.matcher(text);
    return found.find()
        ? named(found.start(), found.end(), null, "shm_open", found.group(1))
        : null;
  }

  private static SharedMemoryMention torch(String text) {
    Matcher found = TORCH.matcher(text);
    SystemError error = found.find() ? SystemError.at(text, found.end()) : null;
    return error == null || !error.name().equals("ENOSPC")
        ? null
        : named(found.start(), error.end(), "PyTorch", null, found.group(1));
  }

  /** A file of /dev/shm that could not grow. */
  private static SharedMemoryMention path(String text) {
    Matcher found = PATH.matcher(text);
    SystemError error = found.find() ? SystemError.in(text, 0, text.length()) : null;
    if (error == null || !error.name().equals("ENOSPC")) {
      return null;
    }
    int end = Math.max(found.end(1), error.end());
    // Whoever quotes the path does so within the error.
    return named(0, end, null, null, found.group(1));
  }

  private static SharedMemoryMention named(
      int start, int end, String program, String call, String name) {
    SharedMemoryDraft draft = new SharedMemoryDraft(program, call, "ENOSPC");
    draft.segmentName = name;
    return new SharedMemoryMention(start, end, draft);
  }
}
