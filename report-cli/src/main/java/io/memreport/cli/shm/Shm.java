// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.shm;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code memreport shm}. */
@Command(
    name = "shm",
    mixinStandardHelpOptions = true,
    description = "Shared memory of this machine.",
    subcommands = {ShmList.class, ShmClean.class})
public final class Shm implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, such as shm list");
  }
}
