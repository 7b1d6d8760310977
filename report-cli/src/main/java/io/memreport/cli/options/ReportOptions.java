// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.options;

import io.memreport.cli.terminal.FailOn;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command's report goes, and how much of it the command says. */
public final class ReportOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "memreport-report",
      description =
          "Where the report goes, and what the command records for it (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      defaultValue = "never",
      description =
          "End with status 1 from this level on: killed, leak, warning, info; never is the default."
              + " Each level has those before it; oom is killed, any is info.")
  private FailOn failOn;

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  /** The report's folder, which need not be there. */
  public Path output() {
    return output;
  }

  public FailOn failOn() {
    return failOn;
  }

  public boolean isQuiet() {
    return quiet;
  }
}
