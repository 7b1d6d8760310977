// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.ProcessNames;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.log.TaskRow;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.verdict.Culprit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which rows of the kernel's table are processes that a run had started. The table has the numbers
 * of the host: in a container only the names are the same.
 *
 * @param bytes what they held together
 * @param culprits they, each with the test that started it, the largest first
 */
public record TableChildren(long bytes, List<Culprit> culprits) {
  private static final int MOST = 5;

  /** The kernel knows the first bytes of a program's name. */
  private static final int COMM = 15;

  /** The last look at a process was before the end of its JVM. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  public static TableChildren of(Facts facts, Run run, List<TaskRow> rows) {
    List<ChildProcess> left =
        new ArrayList<>(
            facts.shared().processes().stream()
                .filter(process -> run.id().equals(process.runId()))
                .filter(process -> livedToTheEnd(process, run))
                .toList());
    List<Culprit> culprits = new ArrayList<>();
    long bytes = 0;
    for (TaskRow row : rows) {
      ChildProcess child =
          left.stream()
              .filter(process -> isNamed(process, row))
              .min((one, other) -> Boolean.compare(isNumbered(other, row), isNumbered(one, row)))
              .orElse(null);
      if (child != null) {
        left.remove(child);
        bytes += row.heldBytes();
        add(facts, child, row.heldBytes(), culprits);
      }
    }
    return new TableChildren(bytes, List.copyOf(culprits));
  }

  private static void add(Facts facts, ChildProcess child, long held, List<Culprit> culprits) {
    if (culprits.size() >= MOST) {
      return;
    }
    culprits.add(new Culprit("process", child.id(), ProcessNames.of(child), held));
    TestResult test = child.test() == null ? null : facts.test(child.test());
    if (test != null && culprits.stream().noneMatch(known -> known.id().equals(test.id()))) {
      culprits.add(Names.culprit(test, held));
    }
  }

  private static boolean livedToTheEnd(ChildProcess process, Run run) {
    return process.endedAt() == null
        || run.endedAt() != null && !process.endedAt().isBefore(run.endedAt().minus(LOOK));
  }

  private static boolean isNumbered(ChildProcess process, TaskRow row) {
    return Objects.equals(row.pid(), process.pid());
  }

  private static boolean isNamed(ChildProcess process, TaskRow row) {
    String program = process.program();
    return program != null
        && row.name() != null
        && row.name().equals(program.length() > COMM ? program.substring(0, COMM) : program);
  }
}
