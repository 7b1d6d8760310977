// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

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
        for (RunInput run : RunInput.find(input)) {
          try {
            runs.add(RunReader.read(run, progress));
          } catch (IOException e) {
            problems.add(message(input, e));
          }
        }
      } catch (IOException e) {
        problems.add(message(input, e));
      }
    }
    return new Recordings(runs.isEmpty() ? null : Assembly.of(runs), problems);
  }

  private static String message(Path input, IOException e) {
    return e instanceof UnreadableInputException ? e.getMessage() : input + ": " + e;
  }
}
