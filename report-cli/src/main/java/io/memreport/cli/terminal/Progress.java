// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** A line that tells how far a long reading is; only on a terminal, and not for a short one. */
public final class Progress implements LongConsumer, AutoCloseable {
  private static final long WORTH_SHOWING = 64 << 20;
  private static final int WIDTH = 40;

  private final long total;
  private final PrintStream out;
  private long read;

  private Progress(long total, PrintStream out) {
    this.total = total;
    this.out = out;
  }

  public static Progress of(List<Path> inputs, boolean quiet) {
    long total =
        quiet || !Terminal.isWatched() ? 0 : inputs.stream().mapToLong(Progress::size).sum();
    return new Progress(total >= WORTH_SHOWING ? total : 0, System.err);
  }

  /** Of a file that is read more than once. */
  public static Progress ofPasses(Path file, int passes, boolean quiet) {
    long total = quiet || !Terminal.isWatched() ? 0 : passes * length(file);
    return new Progress(total >= WORTH_SHOWING ? total : 0, System.err);
  }

  private static long size(Path input) {
    try (Stream<Path> files = Files.walk(input)) {
      return files
          .filter(file -> file.toString().endsWith(".jfr"))
          .mapToLong(Progress::length)
          .sum();
    } catch (IOException | UncheckedIOException e) {
      // Reading it will say what is wrong with it.
      return 0;
    }
  }

  private static long length(Path file) {
    return file.toFile().length();
  }

  @Override
  public void accept(long bytes) {
    read += bytes;
    if (total > 0) {
      int done = (int) Math.min(WIDTH, read * WIDTH / total);
      out.print("\rreading [" + "#".repeat(done) + " ".repeat(WIDTH - done) + "]");
    }
  }

  @Override
  public void close() {
    if (total > 0) {
      out.print("\r" + " ".repeat(WIDTH + 10) + "\r");
    }
  }
}
