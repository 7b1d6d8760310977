// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel says that memory was used for: {@code mem_cgroup_print_oom_meminfo} in
 * mm/memcontrol.c for a cgroup, {@code show_mem} for the machine.
 */
final class KernelMemory {
  private static final List<String> LIMITS = List.of("memory", "memory+swap", "swap", "kmem");

  /** From here on a limit in kB means none. */
  private static final long NO_LIMIT_KB = 1L << 50;

  private static final int MOST_NAMES = 300;
  private static final List<String> KERNEL_PARTS =
      List.of("kernel_stack", "pagetables", "sec_pagetables", "percpu", "slab");

  /** Bytes by name; of the forms before 5.3 summed over the cgroups of the tree. */
  private final Map<String, Long> cgroup = new HashMap<>();

  private final Map<String, Long> pages = new HashMap<>();
  private Long swapFree;
  private Long swapTotal;
  private boolean inStatistics;

  /** Takes a line such as {@code memory: usage 1024kB, limit 2048kB, failcnt 7}, or null. */
  static LogLimit limit(LogLine line) {
    for (String what : LIMITS) {
      String begin = what + ": usage ";
      int at = line.text().indexOf(begin);
      if (at == 0 || at > 0 && " \">|,".indexOf(line.text().charAt(at - 1)) >= 0) {
        Long limit = line.number("limit ");
        boolean none = limit == null || limit >= NO_LIMIT_KB;
        return new LogLimit(
            what,
            line.kilobytes(begin),
            none ? null : line.kilobytes("limit "),
            line.number("failcnt "));
      }
    }
    return null;
  }

  /**
   * Takes the heading of a cgroup's statistics, which up to 5.2 has them on its own line.
   *
   * @return the cgroup, or null if this is no such heading
   */
  String statistics(LogLine line) {
    String rest = line.after("Memory cgroup stats");
    if (rest == null) {
      return null;
    }
    inStatistics = true;
    int colon = rest.indexOf(": ");
    String name = colon < 0 ? rest.replaceAll(":\\s*$", "") : rest.substring(0, colon);
    if (colon >= 0) {
      for (String field : rest.substring(colon + 2).strip().split(" +", MOST_NAMES)) {
        int at = field.indexOf(':');
        Long kilobytes = at < 0 ? null : LogLine.numberAt(field, at + 1);
        if (kilobytes != null && kilobytes >= 0 && kilobytes < NO_LIMIT_KB) {
          cgroup.merge(field.substring(0, at), kilobytes << 10, Long::sum);
        }
      }
    }
    return name.startsWith(" for ") ? name.substring(5).strip() : "";
  }

  /** Takes a line of statistics, or of the machine's memory; false if it is none. */
  boolean read(LogLine line) {
    String text = line.text();
    int space = text.indexOf(' ');
    if (inStatistics && space > 0 && space == text.lastIndexOf(' ') && isName(text, space)) {
      Long bytes = LogLine.numberAt(text, space);
      if (bytes != null && cgroup.size() < MOST_NAMES) {
        cgroup.put(text.substring(0, space), bytes);
      }
      return bytes != null;
    }
    if (text.startsWith("Free swap")) {
      swapFree = line.kilobytes("= ");
      return true;
    }
    if (text.startsWith("Total swap")) {
      swapTotal = line.kilobytes("= ");
      return true;
    }
    if (text.endsWith(" pages RAM") || text.endsWith(" pages reserved")) {
      Long count = LogLine.numberAt(text, 0);
      if (count != null) {
        pages.put(text.substring(text.lastIndexOf(' ') + 1), count);
      }
      return true;
    }
    return pageCounts(text);
  }

  private static boolean isName(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_')) {
        return false;
      }
    }
    return true;
  }

  /** Takes lines such as {@code active_anon:1999425 inactive_anon:0}, which count pages. */
  private boolean pageCounts(String text) {
    if (!text.startsWith("active_anon:")
        && !text.startsWith("active_file:")
        && !text.startsWith("mapped:")
        && !text.startsWith("slab_reclaimable:")
        && !text.startsWith("free:")) {
      return false;
    }
    for (String field : text.split(" +", 20)) {
      int colon = field.indexOf(':');
      Long count = colon < 0 ? null : LogLine.numberAt(field, colon + 1);
      if (count != null && field.charAt(field.length() - 1) != 'B') {
        pages.putIfAbsent(field.substring(0, colon), count);
      }
    }
    return true;
  }

  /** What the cgroup used, or else the machine; null if neither is told. */
  LogMemory build(long pageSize, LogLimit swap) {
    if (!cgroup.isEmpty()) {
      return ofCgroup(swap);
    }
    return pages.isEmpty() && swapTotal == null ? null : ofMachine(pageSize);
  }

  private LogMemory ofCgroup(LogLimit swap) {
    boolean v2 = cgroup.containsKey("anon");
    Long swapUsed = swap == null ? value("total_swap", "swap") : swap.usageBytes();
    return new LogMemory(
        null,
        null,
        v2 ? cgroup.get("anon") : value("total_rss", "rss"),
        v2 ? cgroup.get("file") : value("total_cache", "cache"),
        v2 ? cgroup.get("shmem") : value("total_shmem", "shmem"),
        kernelBytes(v2),
        swapUsed,
        swap == null ? null : swap.limitBytes());
  }

  private Long value(String whole, String own) {
    return cgroup.getOrDefault(whole, cgroup.get(own));
  }

  private Long kernelBytes(boolean v2) {
    if (!v2 || cgroup.containsKey("kernel")) {
      return cgroup.get("kernel");
    }
    return KERNEL_PARTS.stream().mapToLong(name -> cgroup.getOrDefault(name, 0L)).sum();
  }

  private LogMemory ofMachine(long pageSize) {
    Long ram = pages.get("RAM");
    return new LogMemory(
        ram == null ? null : (ram - pages.getOrDefault("reserved", 0L)) * pageSize,
        bytes(pageSize, "free"),
        bytes(pageSize, "active_anon", "inactive_anon"),
        bytes(pageSize, "active_file", "inactive_file"),
        bytes(pageSize, "shmem"),
        bytes(pageSize, "slab_reclaimable", "slab_unreclaimable"),
        swapTotal == null || swapFree == null ? null : Long.valueOf(swapTotal - swapFree),
        swapTotal);
  }

  private Long bytes(long pageSize, String... names) {
    long sum = 0;
    for (String name : names) {
      Long count = pages.get(name);
      if (count == null) {
        return null;
      }
      sum += count;
    }
    return sum * pageSize;
  }
}
