// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.verdict.VerdictKind;
import java.io.IOException;
import java.util.List;

/** An annotation of the build, which Buildkite's agent takes on its standard input. */
final class Buildkite {
  private Buildkite() {}

  static void publish(Publication publication) throws IOException {
    boolean well = publication.postMortem().verdict().kind() == VerdictKind.CLEAN;
    Process agent =
        new ProcessBuilder(
                List.of(
                    "buildkite-agent",
                    "annotate",
                    "--context",
                    "memreport",
                    "--style",
                    well ? "success" : "error"))
            .redirectInput(publication.file("summary.md").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int status = agent.waitFor();
      if (status != 0) {
        throw new IOException("buildkite-agent annotate ended with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
