// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.words.ProcessNames;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.shared.ChildProcess;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Processes of one kind that one parent had started, and that were there when one of them was
 * killed.
 *
 * @param all the one that was killed too, the largest first
 * @param restBytes what the other processes held at most
 * @param fit how many as large as the largest there is room for beside the rest; null without a
 *     limit
 */
record Workers(List<ChildProcess> all, long largestBytes, long restBytes, Integer fit) {

  /** Null if it was alone, or nobody knows what it held. */
  static Workers of(Facts facts, Run run, ChildProcess victim, Long limitBytes) {
    Instant at = victim.endedAt();
    List<ChildProcess> there =
        facts.shared().processes().stream()
            .filter(process -> run.id().equals(process.runId()))
            .filter(process -> process.startedAt() == null || !process.startedAt().isAfter(at))
            .filter(process -> process.endedAt() == null || !process.endedAt().isBefore(at))
            .filter(process -> process.peakAnonBytes() != null)
            .sorted(Comparator.comparing(ChildProcess::peakAnonBytes).reversed())
            .toList();
    List<ChildProcess> workers =
        there.stream()
            .filter(process -> process.parentPid() == victim.parentPid())
            .filter(
                process -> Objects.equals(ProcessNames.kind(process), ProcessNames.kind(victim)))
            .toList();
    if (workers.size() < 2) {
      return null;
    }
    long largest = workers.get(0).peakAnonBytes();
    long rest =
        there.stream()
            .filter(process -> !workers.contains(process))
            .mapToLong(ChildProcess::peakAnonBytes)
            .sum();
    Integer fit =
        limitBytes == null || largest == 0
            ? null
            : Integer.valueOf((int) Math.max(0, (limitBytes - rest) / largest));
    return new Workers(workers, largest, rest, fit);
  }

  /** What they held, and how many would have fitted. */
  String said(Long limitBytes) {
    return all.size()
        + " processes of this kind ran side by side; the largest was "
        + ProcessNames.of(all.get(0))
        + " with up to "
        + Units.bytes(largestBytes)
        + (fit == null
            ? ""
            : (fit == 0
                    ? ": not one such fits into "
                    : ": of such " + fit + (fit == 1 ? " fits into " : " fit into "))
                + Units.bytes(limitBytes)
                + (restBytes == 0 ? "" : " beside the " + Units.bytes(restBytes) + " of the rest")
                + (fitWithoutLargest(limitBytes) > fit
                    ? ", and " + fitWithoutLargest(limitBytes) + " once the largest runs apart"
                    : ""));
  }

  /** How to run them, with numbers; null if no number is known. */
  String advice(Long limitBytes) {
    if (fit == null) {
      return null;
    }
    int without = fitWithoutLargest(limitBytes);
    String most =
        fit == 0
            ? "Not even one as large as the largest fits: raise the limit."
            : "Run at most " + fit + " of them at a time" + option(fit) + ".";
    return most
        + (without > fit && without > 1
            ? " Or run "
                + ProcessNames.test(all.get(0))
                + " apart, and then at most "
                + without
                + option(without)
                + "."
            : "");
  }

  /** The largest by itself, and then the others. */
  private int fitWithoutLargest(Long limitBytes) {
    boolean fits = restBytes + largestBytes <= limitBytes;
    long next = all.get(1).peakAnonBytes();
    return !fits || next == 0
        ? 0
        : (int) Math.min(all.size() - 1L, (limitBytes - restBytes) / next);
  }

  private String option(int count) {
    return switch (ProcessNames.kind(all.get(0))) {
      case "pytest worker" -> " (pytest -n " + count + ")";
      case ProcessNames.GO_TEST -> " (go test -p " + count + ")";
      default -> "";
    };
  }
}
