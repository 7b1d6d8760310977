// SPDX-License-Identifier: Apache-2.0
package foreign;

import java.util.ArrayList;
import java.util.List;

/** A service whose heap fills; it lives on, unless its JVM exits. */
public final class ExhaustingProgram {
  private static final int SIZE = 100_000;

  /** Until all is watched. */
  private static final long BEFORE_MILLIS = 2500;

  /** Until a sample was taken after the error. */
  private static final long AFTER_MILLIS = 500;

  private ExhaustingProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread.sleep(BEFORE_MILLIS);
    Thread worker = new Thread(() -> fill(new ArrayList<>()));
    worker.start();
    worker.join();
    Thread.sleep(AFTER_MILLIS);
  }

  private static void fill(List<byte[]> all) {
    try {
      while (true) {
        all.add(new byte[SIZE]);
      }
    } catch (OutOfMemoryError e) {
      all.clear();
      System.out.println("lives on");
    }
  }
}
