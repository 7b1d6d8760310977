// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service that remembers what its jobs have made, and then wants more than its heap can have. */
public final class FillsItsHeap {
  static final List<byte[]> REMEMBERED = new ArrayList<>();

  private static final int JOBS = 12;
  private static final int OF_JOB = 100;
  private static final int EACH = 50_000;

  /** What is remembered, with the header of each array. */
  static final long BYTES = (long) JOBS * OF_JOB * (EACH + 16);

  private FillsItsHeap() {}

  /** One job. */
  static void job() {
    for (int each = 0; each < OF_JOB; each++) {
      REMEMBERED.add(new byte[EACH]);
    }
  }

  /** Fills most of the heap; the array that does not fit leaves room to end in good order. */
  public static void main(String[] arguments) throws InterruptedException {
    for (int job = 0; job < JOBS; job++) {
      job();
      TimeUnit.MILLISECONDS.sleep(150);
    }
    try {
      REMEMBERED.add(new byte[1 << 30]);
    } catch (OutOfMemoryError e) {
      System.out.println("full");
    }
  }
}
