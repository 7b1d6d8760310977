// SPDX-License-Identifier: Apache-2.0
package faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Commits all faults, or does the same things right, in one JVM: each has a database of its own.
 */
public final class Faults {
  static final List<Fault> ALL = List.of(new CacheSizeInPages());

  private static final Queue<Object> KEPT = new ConcurrentLinkedQueue<>();

  private Faults() {}

  /**
   * @param arguments a folder, {@code faulty} or {@code fixed}, and for how many seconds to stand
   *     idle
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    for (Fault fault : ALL) {
      Path own = Files.createDirectories(folder.resolve(fault.getClass().getSimpleName()));
      fault.commit(own, arguments[1].equals("fixed"));
    }
    Thread.sleep(1000L * Integer.parseInt(arguments[2]));
    System.out.println("kept open to the end: " + KEPT.size());
  }

  /** Stays open and reachable until the JVM ends. */
  static <T> T keep(T resource) {
    KEPT.add(resource);
    return resource;
  }
}
