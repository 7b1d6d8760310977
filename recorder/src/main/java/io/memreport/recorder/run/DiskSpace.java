// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.io.File;
import java.nio.file.Path;

/**
 * Whether a recording still fits. JFR ends the whole JVM when it can't write a chunk ("An
 * irrecoverable error in Jfr"), so it must have ended before the disk is full.
 */
final class DiskSpace {
  /** More than a program usually writes from one sample to the next. */
  private static final long RESERVE_BYTES = 64 << 20;

  private DiskSpace() {}

  /**
   * @param folder an existing folder
   * @param needed bytes that will be written there, beside the reserve
   */
  static boolean isShort(Path folder, long needed) {
    File file = folder.toFile();
    // Some network file systems can't tell: then their size is 0, too.
    return file.getUsableSpace() < needed + RESERVE_BYTES && file.getTotalSpace() > 0;
  }

  static String shortage(Path folder) {
    return "less than " + (RESERVE_BYTES >> 20) + " MB are free in " + folder;
  }
}
