// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.words.Headline;
import io.memreport.diagnosis.words.ProcessNames;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.shared.ChildProcess;
import io.memreport.recorder.event.process.ChildStartEvent;
import java.util.Comparator;
import java.util.Optional;

/** What is said of a command below which nothing died. */
final class Supervised {
  /** 128 and the number of SIGKILL. */
  private static final long KILLED = 137;

  private Supervised() {}

  /** Null where tests or queries were recorded, which have more to say, or without a supervisor. */
  static String allClear(Facts facts) {
    boolean said = !facts.tests().isEmpty() || !facts.queries().isEmpty();
    if (said || facts.runs().stream().noneMatch(Run::isSupervisor)) {
      return null;
    }
    Optional<ChildProcess> largest =
        facts.shared().processes().stream()
            .filter(process -> process.peakAnonBytes() != null)
            .max(Comparator.comparing(ChildProcess::peakAnonBytes));
    long ofProcess = largest.map(ChildProcess::peakAnonBytes).orElse(0L);
    Run jvm = null;
    long ofJvm = 0;
    for (Run run : facts.runs()) {
      long peak = run.isSupervisor() ? 0 : peak(facts, run);
      if (peak > ofJvm) {
        jvm = run;
        ofJvm = peak;
      }
    }
    if (ofJvm == 0 && ofProcess == 0) {
      return seen(facts) + ".";
    }
    String name =
        ofJvm > ofProcess ? "the JVM " + jvm.pid() : ProcessNames.test(largest.orElseThrow());
    return Headline.of(
        seen(facts) + "; ",
        name,
        "held " + Units.bytes(Math.max(ofJvm, ofProcess)) + ", the most",
        0);
  }

  private static long orNone(Long bytes) {
    return bytes == null ? 0 : bytes;
  }

  /** Without the kernel's counter nobody can say that nothing was killed. */
  private static String seen(Facts facts) {
    return isCounted(facts) ? "Nothing was killed for memory" : "No kill for memory was seen";
  }

  private static boolean isCounted(Facts facts) {
    return facts.timeline().cgroups().stream().anyMatch(sample -> sample.oomKills() != null);
  }

  /** The command itself ended by SIGKILL, and the kernel counted no kill for memory; else null. */
  static String killed(Facts facts) {
    return facts.runs().stream().anyMatch(Run::isSupervisor)
            && facts.shared().processes().stream()
                .anyMatch(
                    process ->
                        ChildStartEvent.STARTED.equals(process.foundBy())
                            && process.test() == null
                            && Long.valueOf(KILLED).equals(process.exitStatus()))
        ? "The command ended with status 137, as after a SIGKILL; "
            + (isCounted(facts) ? "the kernel counted no kill." : "by whom is not known.")
        : null;
  }

  /** Without the pages of files, as other processes are counted. */
  private static long peak(Facts facts, Run run) {
    return facts.timeline().samples().stream()
        .filter(sample -> run.id().equals(sample.runId()) && sample.rssBytes() != null)
        .mapToLong(sample -> sample.rssBytes() - orNone(sample.mappedFileBytes()))
        .max()
        .orElse(0);
  }
}
