// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.options;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command reads. */
public final class InputOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "A .jfr file, a run folder, a folder of run folders, or a JFR repository.")
  private List<Path> inputs;

  @Option(
      names = "--kernel-log",
      paramLabel = "FILE",
      description =
          "A log that may tell who killed it: dmesg, journal, syslog, console or CI log; repeatable.")
  private List<Path> logs = List.of();

  /** Recordings, at least one. */
  public List<Path> recordings() {
    return inputs;
  }

  /** Logs that may tell more of them. */
  public List<Path> logs() {
    return logs;
  }
}
