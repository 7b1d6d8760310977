// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.TaskTable;
import io.memreport.model.log.Victim;
import io.memreport.report.html.part.Measure;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The processes that the kernel could choose from, the largest first. */
public record TaskTableView(String caption, List<ProcessRow> rows, String note) {
  private static final int ROWS = 12;

  static TaskTableView of(LogEvent event, KernelProcesses processes) {
    TaskTable tasks = event.tasks();
    if (tasks == null) {
      return null;
    }
    Set<Long> killed =
        event.victims().stream()
            .map(Victim::pid)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    List<ProcessRow> rows =
        tasks.largest().stream()
            .limit(ROWS)
            .map(row -> ProcessRow.of(row, processes.run(row.pid()), killed.contains(row.pid())))
            .toList();
    String caption =
        "The kernel's table of processes: "
            + Measure.grouped(tasks.count())
            + ", which held "
            + Units.bytes(tasks.rssBytes())
            + " in memory"
            + (tasks.swapBytes() == null || tasks.swapBytes() == 0
                ? ""
                : " and " + Units.bytes(tasks.swapBytes()) + " in swap")
            + "; pages that they share count in each";
    return new TaskTableView(caption, rows, note(tasks, rows.size()));
  }

  private static String note(TaskTable tasks, int shown) {
    String rest =
        tasks.count() > shown
            ? Measure.grouped(shown) + " of " + Measure.grouped(tasks.count()) + " are shown. "
            : "";
    return tasks.pageSizeAssumed()
        ? rest
            + "The log does not tell the page size: "
            + Units.bytes(tasks.pageSizeBytes())
            + " is assumed."
        : rest.strip();
  }
}
