// SPDX-License-Identifier: Apache-2.0
package foreign;

import java.util.function.Supplier;

/** An application's class, as far as the recorder can tell. */
public final class Caller {
  private Caller() {}

  public static String first(Supplier<String> called) {
    return called.get();
  }

  public static String second(Supplier<String> called) {
    return called.get();
  }

  public static String deep(int frames, Supplier<String> called) {
    return frames == 0 ? called.get() : deep(frames - 1, called);
  }
}
