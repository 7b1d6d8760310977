// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import io.memreport.input.run.InputFile;
import io.memreport.input.run.UnreadableInputException;
import io.memreport.recorder.box.BoxLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a black box says. Entries that are torn or damaged are left out.
 *
 * @param anchor an instant on both clocks
 * @param limitBytes the lowest memory limit at the start, or null
 * @param samples oldest first
 * @param sql texts by id; long ones are cut and end in an ellipsis
 * @param endings the last ones, in any order
 * @param exhaustions the first ones and the last
 * @param heap what lived of the Java heap, or null if that was not written
 * @param dropped what found no room
 */
public record FlightBox(
    long pid,
    Instant startedAt,
    long samplePeriodMillis,
    Clock anchor,
    Long limitBytes,
    String cgroupPath,
    String command,
    List<BoxSample> samples,
    List<BoxThread> threads,
    List<BoxTest> tests,
    Map<Long, String> sql,
    List<BoxEnding> endings,
    List<BoxExhaustion> exhaustions,
    BoxHeap heap,
    Dropped dropped) {

  /** An instant on the wall and on {@link System#nanoTime} of the process. */
  public record Clock(Instant at, long nanoTime) {}

  /** How many threads, tests and SQL texts found their table full. */
  public record Dropped(long threads, long tests, long sql) {}

  /**
   * Reads a file.
   *
   * @throws UnreadableInputException if it is no black box, or none that this version knows
   */
  public static FlightBox read(Path file) throws IOException {
    InputFile.check(file);
    if (Files.size(file) > BoxLayout.SIZE) {
      throw new UnreadableInputException(file, "is no black box: it is too large");
    }
    // What is cut off reads as zeros, which no check takes for an entry.
    ByteBuffer box = ByteBuffer.allocate(BoxLayout.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    box.put(Files.readAllBytes(file));
    return new BoxReader(file, box).read();
  }

  /** The last instant that it knows of, on the clock of queries. */
  public long lastNanoTime() {
    long last = samples.isEmpty() ? anchor.nanoTime() : samples.get(samples.size() - 1).nanoTime();
    for (BoxThread thread : threads) {
      // Compared by difference, as this clock may overflow.
      if (thread.sinceNanoTime() != null && thread.sinceNanoTime() - last > 0) {
        last = thread.sinceNanoTime();
      }
    }
    return last;
  }

  /** When something on the clock of queries was. */
  public Instant at(long nanoTime) {
    Clock near = anchor;
    if (!samples.isEmpty()) {
      // The last sample's: the two clocks drift apart, and the wall clock may have been set.
      BoxSample last = samples.get(samples.size() - 1);
      near = new Clock(last.at(), last.nanoTime());
    }
    return near.at().plusNanos(nanoTime - near.nanoTime());
  }
}
