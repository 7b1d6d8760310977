// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.Killer;
import java.util.List;
import java.util.Locale;

/** What the words before a victim's name tell: whose memory ran out. */
final class KernelWords {
  /** The kernel's words as browsers and tools translate them. */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "内存不足",
          "記憶體不足",
          "メモリ不足",
          "메모리 부족",
          "peicher",
          "émoire",
          "emoria",
          "emória",
          "amięci",
          "амят",
          "geheugen");

  private KernelWords() {}

  static void read(LogLine line, EventBuilder event) {
    if (line.has("Memory cgroup out of memory")) {
      event.killer = Killer.KERNEL_MEMCG;
    } else if (line.has("MPOL_BIND")) {
      event.killer = Killer.KERNEL_MEMORY_POLICY;
    } else if (line.has("No available memory in cpuset")) {
      event.killer = Killer.KERNEL_CPUSET;
    } else if (isTranslatedCgroup(line)) {
      event.killer = Killer.KERNEL_MEMCG;
    } else if (line.has("ut of memory") || line.has("ut of Memory") || isTranslated(line)) {
      if (event.killer == Killer.KERNEL) {
        event.killer = Killer.KERNEL_GLOBAL;
      }
      if (line.has("oom_kill_allocating_task")) {
        event.note("vm.oom_kill_allocating_task is set: who asked for memory dies, however small.");
      }
    }
  }

  /** The word cgroup stays as it is. */
  private static boolean isTranslatedCgroup(LogLine line) {
    String before = line.has("Killed process ") ? null : line.before("(");
    return before != null && before.toLowerCase(Locale.ROOT).contains("cgroup");
  }

  private static boolean isTranslated(LogLine line) {
    String before = line.before("(");
    return before != null && OUT_OF_MEMORY.stream().anyMatch(before::contains);
  }
}
