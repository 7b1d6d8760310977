// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.TaskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The kernel's table of processes, whose columns have changed often: {@code dump_tasks} in
 * mm/oom_kill.c. The heading names them; without it, what can be told from their number.
 */
final class KernelTaskTable {
  private static final int MOST_ROWS = 20_000;
  private static final int SHOWN = 30;
  private static final long USUAL_PAGE = 4096;

  /** Values in pages, as the table has them. */
  private record Row(
      Long pid,
      Long uid,
      String name,
      Long totalVm,
      Long rss,
      Long anon,
      Long file,
      Long shmem,
      Long pageTableBytes,
      Long swap,
      Long adjustment) {}

  private List<String> columns;
  private final List<Row> rows = new ArrayList<>();
  private int count;
  private long pageSize;

  static boolean isHeading(LogLine line) {
    return line.has("total_vm") && (line.has("oom_score_adj") || line.has("oom_adj"));
  }

  /** Takes a heading, which names the columns. */
  void heading(LogLine line) {
    int bracket = line.text().indexOf(']');
    columns = List.of(line.text().substring(bracket + 1).strip().split(" +"));
  }

  /** Takes a row; false if this is none. */
  boolean row(LogLine line) {
    String text = line.text();
    int open = text.indexOf('[');
    int close = text.indexOf(']');
    if (open != 0 || close < 0) {
      return false;
    }
    Long pid = LogLine.numberAt(text, open + 1);
    if (pid == null || !text.substring(1, close).strip().equals(Long.toString(pid))) {
      return false;
    }
    String[] numbers = text.substring(close + 1).strip().split(" +", 14);
    int width = 0;
    while (width < numbers.length && numbers[width].matches("-?\\d{1,18}")) {
      width++;
    }
    List<String> names = columns == null ? guessed(numbers, width) : columns;
    // A process may be named like a number.
    int fields = Math.min(width, names.size() - (names.contains("name") ? 1 : 0));
    if (fields < 4 || fields == numbers.length) {
      return false;
    }
    count++;
    if (rows.size() < MOST_ROWS) {
      rows.add(row(pid, names, numbers, fields, text.substring(close + 1).strip()));
    }
    return true;
  }

  private static Row row(Long pid, List<String> names, String[] numbers, int fields, String text) {
    String name = text;
    for (int i = 0; i < fields; i++) {
      name = name.substring(numbers[i].length()).stripLeading();
    }
    return new Row(
        pid,
        value("uid", names, numbers, fields),
        name,
        value("total_vm", names, numbers, fields),
        value("rss", names, numbers, fields),
        value("rss_anon", names, numbers, fields),
        value("rss_file", names, numbers, fields),
        value("rss_shmem", names, numbers, fields),
        value("pgtables_bytes", names, numbers, fields),
        value("swapents", names, numbers, fields),
        value("oom_score_adj", names, numbers, fields));
  }

  private static Long value(String name, List<String> names, String[] numbers, int fields) {
    int index = names.indexOf(name);
    return index < 0 || index >= fields ? null : Long.valueOf(numbers[index]);
  }

  /** Where the heading is missing, the columns that all kernels with so many of them share. */
  private static List<String> guessed(String[] numbers, int width) {
    return switch (width) {
      case 10 ->
          List.of(
              "uid",
              "tgid",
              "total_vm",
              "rss",
              "rss_anon",
              "rss_file",
              "rss_shmem",
              "pgtables_bytes",
              "swapents",
              "oom_score_adj");
      case 8 -> List.of("uid", "tgid", "total_vm", "rss", "", "", "swapents", "oom_score_adj");
      case 7 ->
          List.of(
              "uid",
              "tgid",
              "total_vm",
              "rss",
              pageTables(numbers[4]) ? "pgtables_bytes" : "",
              pageTables(numbers[4]) || isNoAdjustment(numbers[5]) ? "swapents" : "",
              "oom_score_adj");
      default -> List.of("uid", "tgid", "total_vm", "rss");
    };
  }

  /** Up to 3.6 the column of oom_adj, from -17 to 15, stood where swap is counted now. */
  private static boolean isNoAdjustment(String number) {
    return Math.abs(Long.parseLong(number)) > 17;
  }

  private static boolean pageTables(String number) {
    long bytes = Long.parseLong(number);
    return bytes >= USUAL_PAGE && bytes % USUAL_PAGE == 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * The size of a page follows from a process whose size is told in kB too.
   *
   * @param totalVmBytes what the kill line says
   */
  void learnPageSize(Long pid, Long totalVmBytes) {
    Row row = row(pid);
    if (row != null && row.totalVm() != null && row.totalVm() > 0 && totalVmBytes != null) {
      long size = totalVmBytes / row.totalVm();
      if (Long.bitCount(size) == 1 && size >= USUAL_PAGE && size <= 1 << 20) {
        pageSize = size;
      }
    }
  }

  private Row row(Long pid) {
    for (Row row : rows) {
      if (row.pid().equals(pid)) {
        return row;
      }
    }
    return null;
  }

  /** The row of a process in bytes, or null. */
  TaskRow task(Long pid) {
    Row row = row(pid);
    return row == null ? null : inBytes(row);
  }

  /** What the table says, or null if there was none. */
  TaskTable build() {
    if (isEmpty()) {
      return null;
    }
    List<TaskRow> tasks = rows.stream().map(this::inBytes).toList();
    boolean swapKnown = tasks.stream().allMatch(task -> task.swapBytes() != null);
    return new TaskTable(
        count,
        tasks.stream().mapToLong(task -> task.rssBytes() == null ? 0 : task.rssBytes()).sum(),
        swapKnown ? tasks.stream().mapToLong(TaskRow::swapBytes).sum() : null,
        size(),
        pageSize == 0,
        tasks.stream()
            .sorted(Comparator.comparingLong(TaskRow::heldBytes).reversed())
            .limit(SHOWN)
            .toList());
  }

  private long size() {
    return pageSize == 0 ? USUAL_PAGE : pageSize;
  }

  private TaskRow inBytes(Row row) {
    return new TaskRow(
        row.pid(),
        row.uid(),
        row.name(),
        bytes(row.totalVm()),
        bytes(row.rss()),
        bytes(row.anon()),
        bytes(row.file()),
        bytes(row.shmem()),
        bytes(row.swap()),
        row.pageTableBytes(),
        row.adjustment());
  }

  private Long bytes(Long pages) {
    return pages == null || pages > Long.MAX_VALUE / size() ? null : Long.valueOf(pages * size());
  }
}
