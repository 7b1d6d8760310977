// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.SizeConverter;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.input.Recordings;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.sql.Connection;
import io.memreport.report.JsonReport;
import io.memreport.report.SizingText;
import io.memreport.sizing.ContradictionException;
import io.memreport.sizing.Host;
import io.memreport.sizing.Sizing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport sqlite advise}. */
@Command(
    name = "advise",
    mixinStandardHelpOptions = true,
    description =
        "Sizes SQLite's caches, limits and pool for a machine, given by options or by a recording. Sizes are"
            + " as 512g or 400m, in powers of 1024.")
final class SqliteAdvise implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "RECORDING",
      description = "Takes from it what is not given by an option.")
  private Path recording;

  @Option(names = "--ram", converter = SizeConverter.class, description = "Memory of the machine.")
  private Long ram;

  @Option(names = "--connections", description = "Connections that are open at once.")
  private Integer connections;

  @Option(
      names = "--db-size",
      converter = SizeConverter.class,
      description = "Size of the database.")
  private Long database;

  @Option(
      names = "--other-memory",
      converter = SizeConverter.class,
      description = "What else needs memory there.")
  private Long other;

  @Option(
      names = "--container-limit",
      converter = SizeConverter.class,
      description = "The memory limit of the container.")
  private Long limit;

  @Option(
      names = "--heap",
      converter = SizeConverter.class,
      description = "The JVM's -Xmx (default: a quarter of the memory, as the JVM takes it).")
  private Long heap;

  @Option(names = "--json", description = "Print the same facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (recording != null && !fromRecording()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    if (ram == null || connections == null) {
      throw new ParameterException(
          spec.commandLine(),
          (ram == null ? "--ram" : "--connections")
              + (recording == null
                  ? " is missing"
                  : " is missing: the recording does not tell it"));
    }
    try {
      Sizing sizing =
          Sizing.of(new Host(ram, limit, heap, other == null ? 0 : other, connections, database));
      if (json) {
        JsonReport.write(sizing, out);
      } else {
        new SizingText(out).print(sizing);
      }
      return ExitStatus.DONE;
    } catch (ContradictionException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private boolean fromRecording() {
    Recordings read = Recordings.read(List.of(recording), bytes -> {});
    read.problems().forEach(p -> Problem.say(spec.commandLine().getErr(), p));
    Facts facts = read.facts();
    if (facts == null) {
      return false;
    }
    Run run = facts.runs().get(facts.runs().size() - 1);
    List<Connection> sqlite =
        facts.connections().stream()
            .filter(c -> c.runId().equals(run.id()) && Settings.isSqlite(c))
            .toList();
    ram = ram == null ? run.context().machineBytes() : ram;
    limit = limit == null ? run.limitBytes() : limit;
    if (heap == null && run.context().limits() != null) {
      heap = run.context().limits().maxHeapBytes();
    }
    if (connections == null && !sqlite.isEmpty()) {
      int pool =
          facts.pools().stream()
              .filter(p -> p.runId().equals(run.id()) && p.maxSize() != null)
              .mapToInt(p -> p.maxSize())
              .sum();
      int open = (int) sqlite.stream().filter(c -> c.closedAt() == null).count();
      connections = Math.max(1, Math.max(pool, open));
    }
    if (database == null) {
      database =
          sqlite.stream()
              .map(c -> c.status().databaseBytes())
              .filter(Objects::nonNull)
              .max(Long::compare)
              .orElse(null);
    }
    return true;
  }
}
