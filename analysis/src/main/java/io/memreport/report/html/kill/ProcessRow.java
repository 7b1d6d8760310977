// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.log.TaskRow;
import io.memreport.model.log.Victim;
import io.memreport.report.html.part.Chip;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.VisibleText;

/** A process as the kernel tells of it; {@code run} is null if it is none of the runs. */
public record ProcessRow(
    String name,
    String pid,
    Link run,
    Chip chip,
    Measure rss,
    Measure anon,
    Measure file,
    Measure shmem,
    Measure swap,
    String adjusted) {

  private static final String UNSAID = "the log does not say";
  private static final int NAME = 80;

  static ProcessRow of(Victim victim, Link run) {
    return new ProcessRow(
        name(victim.name()),
        number(victim.pid()),
        run,
        victim.collateral() ? new Chip("died with the first", "warn") : new Chip("victim", "bad"),
        Measure.bytes(victim.rssBytes(), UNSAID),
        Measure.bytes(victim.anonBytes(), UNSAID),
        Measure.bytes(victim.fileBytes(), UNSAID),
        Measure.bytes(victim.shmemBytes(), UNSAID),
        Measure.bytes(victim.swapBytes(), UNSAID),
        number(victim.oomScoreAdj()));
  }

  static ProcessRow of(TaskRow row, Link run, boolean killed) {
    return new ProcessRow(
        name(row.name()),
        number(row.pid()),
        run,
        killed ? new Chip("killed", "bad") : null,
        Measure.bytes(row.rssBytes(), UNSAID),
        Measure.bytes(row.anonBytes(), UNSAID),
        Measure.bytes(row.fileBytes(), UNSAID),
        Measure.bytes(row.shmemBytes(), UNSAID),
        Measure.bytes(row.swapBytes(), UNSAID),
        number(row.oomScoreAdj()));
  }

  private static String name(String name) {
    return name == null ? "a process" : VisibleText.shorten(VisibleText.line(name), NAME);
  }

  private static String number(Long number) {
    return number == null ? "unknown" : Long.toString(number);
  }
}
