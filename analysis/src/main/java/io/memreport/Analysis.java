// SPDX-License-Identifier: Apache-2.0
package io.memreport;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.input.Logs;
import io.memreport.input.Recordings;
import io.memreport.model.Facts;
import io.memreport.model.PostMortem;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Recordings and logs in, a post-mortem out: what the command, build tools and CI call. */
public final class Analysis {
  private final Facts facts;
  private final List<String> problems;

  private Analysis(Recordings recordings, Logs logs) {
    facts =
        recordings.facts() == null
            ? null
            : recordings.facts().toBuilder()
                .logs(logs.reading().events(), logs.reading().kernelLogs())
                .build();
    problems = Stream.concat(recordings.problems().stream(), logs.problems().stream()).toList();
  }

  /**
   * Reads recordings and logs; one that can't be read does not spoil the others.
   *
   * @param inputs {@code .jfr} files, run folders, folders of run folders, JFR repositories
   * @param logs that may tell who killed a run; none is needed
   * @param progress is told the bytes that were read, as they are
   */
  public static Analysis of(List<Path> inputs, List<Path> logs, LongConsumer progress) {
    Recordings recordings = Recordings.read(inputs, progress);
    return new Analysis(recordings, Logs.read(logs, recordings.facts()));
  }

  /** A line for each input that could not be read, with what to do. */
  public List<String> problems() {
    return problems;
  }

  /** Whether there is a run to explain: if not, the problems say why. */
  public boolean hasRuns() {
    return facts != null;
  }

  /**
   * What happened, who it was and what to do.
   *
   * @throws IllegalStateException if no run could be read
   */
  public PostMortem postMortem() {
    return Diagnosis.of(readable());
  }

  /**
   * Whether tests or queries left memory behind, however the runs ended.
   *
   * @throws IllegalStateException if no run could be read
   */
  public boolean findsLeak() {
    return Diagnosis.findsLeak(readable());
  }

  private Facts readable() {
    if (facts == null) {
      throw new IllegalStateException("no run could be read: " + problems);
    }
    return facts;
  }
}
