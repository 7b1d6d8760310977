// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The little that these tests read from a kernel's log themselves: what it says of the cgroup of
 * one death, as others die at the same time.
 */
record KillText(String text) {
  private static final Pattern KILL =
      Pattern.compile("^(?=.* invoked oom-killer: )", Pattern.MULTILINE);
  private static final Pattern ANON = Pattern.compile("Killed process .* anon-rss:(\\d+)kB");
  private static final Pattern VICTIM = Pattern.compile("Killed process \\d+ \\((.+?)\\)");
  private static final Pattern SHMEM = Pattern.compile("\\] shmem (\\d+)");
  private static final Pattern JVM =
      Pattern.compile("\\] \\[ *\\d+\\] .* java$", Pattern.MULTILINE);
  private static final long KIB = 1024;

  static KillText of(DeadRun run) throws IOException {
    return new KillText(
        KILL.splitAsStream(Files.readString(run.kernelLog()))
            .filter(kill -> kill.contains("/" + run.cgroup() + ",task_memcg="))
            .collect(Collectors.joining()));
  }

  /** Whether it tells of a kill for the limit of this cgroup. */
  boolean tellsOfAKill() {
    return !text.isEmpty();
  }

  /** The name of the process that was killed first. */
  String firstVictim() {
    return VICTIM.matcher(text).results().findFirst().orElseThrow().group(1);
  }

  /** Anonymous memory of each process killed. */
  List<Long> victimAnonBytes() {
    return ANON.matcher(text).results().map(kib -> number(kib) * KIB).toList();
  }

  /** Shared memory charged to the cgroup: the most of what the log tells. */
  long shmemBytes() {
    return SHMEM.matcher(text).results().mapToLong(KillText::number).max().orElseThrow();
  }

  /** JVMs in the table of tasks of the first kill. */
  long jvms() {
    return JVM.matcher(text.substring(0, text.indexOf("Killed process"))).results().count();
  }

  private static long number(MatchResult match) {
    return Long.parseLong(match.group(1));
  }
}
