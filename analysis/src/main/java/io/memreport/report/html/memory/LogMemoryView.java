// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.memory;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogMemory;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Svg;
import java.util.ArrayList;
import java.util.List;

/** What the memory of the cgroup, or of the machine, was used for as the kernel told it. */
public record LogMemoryView(String caption, List<Part> parts) {

  /** One use; {@code width} is percent of the whole, empty if that is not known. */
  public record Part(String label, String meaning, String colour, Measure bytes, String width) {}

  /** Null if the log does not tell. */
  public static LogMemoryView of(LogEvent event) {
    LogMemory memory = event.memory();
    if (memory == null) {
      return null;
    }
    LogLimit limit = event.limit();
    boolean machine = memory.totalBytes() != null;
    Long whole = machine ? memory.totalBytes() : limit == null ? null : limit.usageBytes();
    List<Part> parts = new ArrayList<>();
    part(parts, "Anonymous", "heaps, stacks, malloc", "#3d72c4", memory.anonBytes(), whole);
    part(parts, "Files", "page cache, with tmpfs", "#8a97a6", memory.fileBytes(), whole);
    part(
        parts,
        "of which tmpfs and shared memory",
        "no kill frees it while a file or segment holds it",
        "#b5488f",
        memory.shmemBytes(),
        whole);
    part(parts, "Kernel", "stacks, page tables, slabs", "#64748b", memory.kernelBytes(), whole);
    part(parts, "Free", "", "#5b9a4a", memory.freeBytes(), whole);
    part(parts, "Swap in use", swap(memory), "#a5852a", memory.swapUsedBytes(), null);
    return parts.isEmpty()
        ? null
        : new LogMemoryView(
            (machine ? "The machine's memory" : "The cgroup's memory")
                + (whole == null
                    ? ""
                    : ", " + Units.bytes(whole) + (machine ? " in all" : " charged"))
                + ", by kind",
            parts);
  }

  private static String swap(LogMemory memory) {
    return memory.swapTotalBytes() == null ? "" : "of " + Units.bytes(memory.swapTotalBytes());
  }

  private static void part(
      List<Part> parts, String label, String meaning, String colour, Long bytes, Long whole) {
    if (bytes != null) {
      boolean drawn = whole != null && whole > 0;
      parts.add(
          new Part(
              label,
              meaning,
              colour,
              Measure.bytes(bytes),
              drawn ? Svg.percent(Math.min(100, 100.0 * bytes / whole)) : ""));
    }
  }
}
