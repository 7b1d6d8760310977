// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code memreport sqlite}. */
@Command(
    name = "sqlite",
    mixinStandardHelpOptions = true,
    description = "What concerns SQLite alone.",
    subcommands = SqliteAdvise.class)
final class Sqlite implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, such as sqlite advise");
  }
}
