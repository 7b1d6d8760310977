// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.log.LogReader;
import io.memreport.input.run.InputFile;
import io.memreport.input.run.UnreadableInputException;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.JvmLimits;
import io.memreport.model.Run;
import io.memreport.model.log.LogReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the logs beside recordings: those that are given, and the error reports that JVMs left.
 *
 * @param reading what they say
 * @param problems a line for each that could not be read
 */
public record Logs(LogReading reading, List<String> problems) {
  /** Reads them. */
  public static Logs read(List<Path> files, Facts facts) {
    LogReader reader = new LogReader(Instant.now(), ZoneId.systemDefault());
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        read(reader, file);
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
    }
    for (Run run : facts == null ? List.<Run>of() : facts.runs()) {
      errorReports(run)
          .filter(file -> isOf(file, run))
          .limit(1)
          .forEach(file -> attempt(reader, file));
    }
    return new Logs(reader.result(), problems);
  }

  /**
   * Reads one log.
   *
   * @throws UnreadableInputException if it can't be read
   */
  public static void read(LogReader reader, Path file) throws UnreadableInputException {
    InputFile.check(file);
    try (InputStream in = Files.newInputStream(file)) {
      read(reader, in, file.toString());
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  /**
   * The same of a stream.
   *
   * @throws UnreadableInputException if it can't be read
   */
  public static void read(LogReader reader, InputStream in, String name)
      throws UnreadableInputException {
    try {
      reader.read(in, name);
    } catch (IOException e) {
      throw InputFile.unreadable(Path.of(name), e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new UnreadableInputException(
          Path.of(name), "can't be understood (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** One that nobody asked for, and which is no loss if it can't be read. */
  private static void attempt(LogReader reader, Path file) {
    try {
      read(reader, file);
    } catch (IOException e) {
      return;
    }
  }

  /**
   * Where a JVM writes its error report: {@code -XX:ErrorFile}, or its working directory, or /tmp.
   */
  private static Stream<Path> errorReports(Run run) {
    JvmLimits limits = run.context().limits();
    if (run.ending() != Ending.KILLED || run.pid() == null || limits == null) {
      return Stream.empty();
    }
    String name = "hs_err_pid" + run.pid() + ".log";
    try {
      Path folder = Path.of(limits.workingDirectory() == null ? "." : limits.workingDirectory());
      List<Path> candidates = new ArrayList<>();
      if (limits.errorFile() != null) {
        candidates.add(folder.resolve(limits.errorFile().replace("%p", run.pid().toString())));
      }
      candidates.add(folder.resolve(name));
      candidates.add(Path.of("/tmp", name));
      return candidates.stream();
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  /** A number is used again: what is older than the run is of another process. */
  private static boolean isOf(Path file, Run run) {
    try {
      return Files.isRegularFile(file)
          && run.startedAt() != null
          && Files.getLastModifiedTime(file).toInstant().isAfter(run.startedAt());
    } catch (IOException e) {
      return false;
    }
  }
}
