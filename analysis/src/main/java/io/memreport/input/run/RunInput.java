// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.run;

import io.memreport.recorder.box.BoxLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one run.
 *
 * @param id name of the run folder, or of the file if there is no folder
 * @param facts what run.json says
 * @param recordings JFR files, oldest first
 * @param box the black box, which may not be there; null without a folder
 * @param orderly whether the recording was completed by an orderly end
 */
public record RunInput(String id, RunFile facts, List<Path> recordings, Path box, boolean orderly) {
  private static final String RUN_FILE = "run.json";
  private static final String RECORDING = "recording.jfr";
  private static final String REPOSITORY = "repository";

  /** JFR makes a folder for each JVM in the one that it is given. */
  private static final int REPOSITORY_DEPTH = 2;

  /** So many folders deep run folders are looked for. */
  private static final int DEPTH = 6;

  /**
   * The runs behind a path.
   *
   * @param problems a line for each that can't be read
   */
  public record Found(List<RunInput> runs, List<String> problems) {}

  /**
   * Finds the runs behind a path: a {@code .jfr} file, a run folder, a folder with run folders
   * anywhere below, or a repository of JFR.
   *
   * @throws UnreadableInputException if there is none, with the reason
   */
  public static Found find(Path input) throws IOException {
    if (!InputFile.attributes(input).isDirectory()) {
      return new Found(
          List.of(new RunInput(name(input), RunFile.NONE, List.of(input), null, true)), List.of());
    }
    if (isRunFolder(input)) {
      return new Found(List.of(ofFolder(input)), List.of());
    }
    List<RunInput> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    collect(input, DEPTH, runs, problems);
    if (runs.isEmpty() && problems.isEmpty()) {
      List<Path> chunks = recordingsBelow(input, Integer.MAX_VALUE);
      if (chunks.isEmpty()) {
        throw new UnreadableInputException(
            input, "holds no run of memreport and no JFR recording (*.jfr)");
      }
      runs.add(new RunInput(name(input), RunFile.NONE, chunks, null, false));
    }
    return new Found(runs, problems);
  }

  /** CI servers lay what jobs left in folders of the jobs, and those in folders of the build. */
  private static void collect(Path folder, int depth, List<RunInput> runs, List<String> problems)
      throws IOException {
    for (Path child : folders(folder)) {
      try {
        // Whether it holds a run can't be told of one that may not be read: it may well.
        InputFile.attributes(child);
        if (isRunFolder(child)) {
          runs.add(ofFolder(child));
        } else if (depth > 1 && !Files.isSymbolicLink(child)) {
          collect(child, depth - 1, runs, problems);
        }
      } catch (IOException e) {
        problems.add(InputFile.unreadable(child, e).getMessage());
      }
    }
  }

  private static List<Path> folders(Path input) throws IOException {
    try (Stream<Path> children = Files.list(input)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A JVM that was killed early, or a full disk, may have left no run.json. */
  private static boolean isRunFolder(Path folder) throws IOException {
    Path repository = folder.resolve(REPOSITORY);
    return Files.exists(folder.resolve(RUN_FILE))
        || Files.exists(folder.resolve(RECORDING))
        || Files.exists(folder.resolve(BoxLayout.FILE_NAME))
        || (Files.isDirectory(repository)
            && !recordingsBelow(repository, REPOSITORY_DEPTH).isEmpty());
  }

  private static RunInput ofFolder(Path folder) throws IOException {
    Path file = folder.resolve(RUN_FILE);
    Path box = folder.resolve(BoxLayout.FILE_NAME);
    RunFile facts = Files.exists(file) ? RunFile.read(file) : RunFile.NONE;
    Path whole = folder.resolve(RECORDING);
    if (Files.exists(whole)) {
      InputFile.check(whole);
      if (Files.size(whole) > 0) {
        return new RunInput(name(folder), facts, List.of(whole), box, true);
      }
    }
    Path repository = folder.resolve(REPOSITORY);
    List<Path> chunks =
        Files.isDirectory(repository) ? recordingsBelow(repository, REPOSITORY_DEPTH) : List.of();
    if (chunks.isEmpty() && facts.repository() != null && Files.isDirectory(facts.repository())) {
      chunks = recordingsBelow(facts.repository(), REPOSITORY_DEPTH);
    }
    return new RunInput(name(folder), facts, chunks, box, false);
  }

  private static List<Path> recordingsBelow(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .filter(file -> file.toString().endsWith(".jfr") && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String name(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }
}
