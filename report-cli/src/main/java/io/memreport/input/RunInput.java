// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.recorder.box.BoxLayout;
import java.io.IOException;
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

  /**
   * Finds the runs behind a path: a {@code .jfr} file, a run folder, a folder of run folders, or a
   * repository of JFR.
   *
   * @throws UnreadableInputException if there is none, with the reason
   */
  public static List<RunInput> find(Path input) throws IOException {
    if (!Files.exists(input)) {
      throw new UnreadableInputException(input, "there is no such file or folder");
    }
    if (!Files.isReadable(input)) {
      throw new UnreadableInputException(input, "this user may not read it");
    }
    if (!Files.isDirectory(input)) {
      return List.of(
          new RunInput(input.getFileName().toString(), RunFile.NONE, List.of(input), null, true));
    }
    if (isRunFolder(input)) {
      return List.of(ofFolder(input));
    }
    List<RunInput> runs = new ArrayList<>();
    try (Stream<Path> children = Files.list(input)) {
      for (Path child : children.filter(Files::isDirectory).sorted().toList()) {
        if (isRunFolder(child)) {
          runs.add(ofFolder(child));
        }
      }
    }
    if (runs.isEmpty()) {
      List<Path> chunks = recordingsBelow(input);
      if (chunks.isEmpty()) {
        throw new UnreadableInputException(
            input, "holds no run of memreport and no JFR recording (*.jfr)");
      }
      runs.add(new RunInput(name(input), RunFile.NONE, chunks, null, false));
    }
    return runs;
  }

  /** A JVM that was killed early, or a full disk, may have left no run.json. */
  private static boolean isRunFolder(Path folder) throws IOException {
    Path repository = folder.resolve(REPOSITORY);
    return Files.exists(folder.resolve(RUN_FILE))
        || Files.exists(folder.resolve(RECORDING))
        || Files.exists(folder.resolve(BoxLayout.FILE_NAME))
        || (Files.isDirectory(repository) && !recordingsBelow(repository).isEmpty());
  }

  private static RunInput ofFolder(Path folder) throws IOException {
    Path file = folder.resolve(RUN_FILE);
    Path box = folder.resolve(BoxLayout.FILE_NAME);
    RunFile facts = Files.exists(file) ? RunFile.read(file) : RunFile.NONE;
    Path whole = folder.resolve(RECORDING);
    if (Files.exists(whole) && Files.size(whole) > 0) {
      return new RunInput(name(folder), facts, List.of(whole), box, true);
    }
    Path repository = folder.resolve(REPOSITORY);
    List<Path> chunks = Files.isDirectory(repository) ? recordingsBelow(repository) : List.of();
    if (chunks.isEmpty() && facts.repository() != null && Files.isDirectory(facts.repository())) {
      chunks = recordingsBelow(facts.repository());
    }
    return new RunInput(name(folder), facts, chunks, box, false);
  }

  private static List<Path> recordingsBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jfr") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static String name(Path folder) {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }
}
