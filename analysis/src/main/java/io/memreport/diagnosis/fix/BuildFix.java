// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.fix;

import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Fix.Setting;
import io.memreport.model.verdict.Fix.Snippet;
import io.memreport.model.verdict.FixKind;
import java.util.List;

/** How a build runs fewer things at a time. */
public final class BuildFix {
  private BuildFix() {}

  /** So many JVMs for tests instead of as many as there were. */
  public static Fix forks(int from, int to) {
    return new Fix(
        FixKind.PARALLELISM,
        List.of(new Setting("forkCount", Integer.toString(from), Integer.toString(to))),
        null,
        List.of(
            new Snippet("Surefire, Failsafe", "<forkCount>" + to + "</forkCount>"),
            new Snippet("Maven command line", "mvn verify -DforkCount=" + to),
            new Snippet("Gradle", "tasks.withType<Test> { maxParallelForks = " + to + " }")));
  }
}
