// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import java.util.List;

/** The ways to die: a program, the limit of its cgroup, and what is done to it. */
enum Death {
  SQLITE_PAGE_CACHE(256, "PageCacheTest", "-Xmx64m"),
  SQLITE_SORT(256, "SortTest", "-Xmx64m"),
  SQLITE_MEMORY_DB(256, "MemoryDatabaseTest", "-Xmx64m"),
  DIRECT_BUFFERS(256, "DirectBuffersTest", "-Xmx64m", "-XX:MaxDirectMemorySize=1g"),
  // What a JVM's start leaves as garbage in so large a heap must be less than half of it.
  HEAP_OVER_LIMIT(450, "GarbageTest", "-Xmx700m", "-Xms700m", "-Xmn600m", "-XX:+UseSerialGC"),
  HEAP_LEAK(256, "HeapLeakTest", "-Xmx1g"),
  METASPACE(256, "MetaspaceTest", "-Xmx128m"),
  THREADS(256, "ThreadsTest", "-Xmx64m", "-Xss2m"),
  OTHER_PROCESS(300, "ServiceTest#waits_for_a_slow_service", Intervention.SIBLINGS, "-Xmx64m"),
  SHARED_MEMORY(256, "SharedMemoryTest", "-Xmx64m"),
  CHILD_KILLED(256, "ChildTest", "-Xmx32m", "-XX:+UseSerialGC"),
  PARALLEL_FORKS(3, 420, "ForkTest", "-Xmx110m"),

  KILLED_BY_HAND(400, "ServiceTest#waits_for_a_slow_service", Intervention.SIGKILL, "-Xmx64m"),
  CRASHED(400, "ServiceTest#waits_for_a_slow_service", Intervention.SIGSEGV, "-Xmx64m"),
  TERMINATED(400, "ServiceTest#waits_for_a_slow_service", Intervention.SIGTERM, "-Xmx64m"),
  TIMED_OUT(
      400, "ServiceTest#waits_although_asked_to_end", Intervention.SIGTERM_THEN_SIGKILL, "-Xmx64m"),
  OUT_OF_HEAP(400, "EndingTest#runs_out_of_heap", "-Xmx64m"),
  EXIT_ON_OUT_OF_HEAP(400, "EndingTest#runs_out_of_heap", "-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
  CRASH_ON_OUT_OF_HEAP(
      400, "EndingTest#runs_out_of_heap", "-Xmx64m", "-XX:+CrashOnOutOfMemoryError"),
  OUT_OF_DIRECT_BUFFERS(
      400,
      "EndingTest#runs_out_of_direct_buffers_in_a_pool",
      "-Xmx64m",
      "-XX:MaxDirectMemorySize=64m"),
  EXITED(400, "EndingTest#exits", "-Xmx64m"),
  HALTED(400, "EndingTest#halts", "-Xmx64m");

  private static final long MIB = 1 << 20;

  final int forks;
  final long limitBytes;
  final String test;
  final Intervention intervention;
  final List<String> jvmArguments;

  Death(long limitMib, String test, String... jvmArguments) {
    this(1, limitMib, test, Intervention.NOTHING, jvmArguments);
  }

  Death(long limitMib, String test, Intervention intervention, String... jvmArguments) {
    this(1, limitMib, test, intervention, jvmArguments);
  }

  Death(int forks, long limitMib, String test, String... jvmArguments) {
    this(forks, limitMib, test, Intervention.NOTHING, jvmArguments);
  }

  Death(int forks, long limitMib, String test, Intervention intervention, String... jvmArguments) {
    this.forks = forks;
    this.limitBytes = limitMib * MIB;
    this.test = test;
    this.intervention = intervention;
    this.jvmArguments = List.of(jvmArguments);
  }
}
