// SPDX-License-Identifier: Apache-2.0
package foreign;

import java.util.ArrayList;
import java.util.List;

/** No test: it keeps more objects than there is room for samples. */
public final class LargeHeapProgram {
  /** So many arrays are kept. */
  public static final int COUNT = 300_000;

  /** Of each, with its header. */
  public static final int BYTES = 1024;

  private static final List<byte[]> KEPT = new ArrayList<>();

  private LargeHeapProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    // A JVM that does not test is sampled once it has lived for a second.
    Thread.sleep(2500);
    for (int i = 0; i < COUNT; i++) {
      KEPT.add(new byte[BYTES - 16]);
    }
  }
}
