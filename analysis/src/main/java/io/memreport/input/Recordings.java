// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.run.InputFile;
import io.memreport.input.run.RunInput;
import io.memreport.model.Facts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads the recordings behind a list of paths.
 *
 * @param facts what the readable ones say, or null if there is none
 * @param problems a line for each input that could not be read
 */
public record Recordings(Facts facts, List<String> problems) {
  /**
   * Reads them one after another; a bad one does not spoil the good ones.
   *
   * @param progress is told the bytes that were read, as they are
   */
  public static Recordings read(List<Path> inputs, LongConsumer progress) {
    List<RunData> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path input : inputs) {
      try {
        RunInput.Found found = RunInput.find(input);
        problems.addAll(found.problems());
        for (RunInput run : found.runs()) {
          read(input, run, progress, runs, problems);
        }
      } catch (IOException e) {
        problems.add(InputFile.unreadable(input, e).getMessage());
      }
    }
    return new Recordings(runs.isEmpty() ? null : Assembly.of(runs), problems);
  }

  private static void read(
      Path input, RunInput run, LongConsumer progress, List<RunData> runs, List<String> problems) {
    try {
      RunData data = RunReader.read(run, progress);
      problems.addAll(data.problems);
      runs.add(data);
    } catch (IOException e) {
      problems.add(InputFile.unreadable(input, e).getMessage());
    } catch (RuntimeException | VirtualMachineError e) {
      // Whatever a file makes of its reader is a fault of that file, and not of the others.
      problems.add(input + ": the run " + run.id() + InputFile.damage(e));
    }
  }
}
