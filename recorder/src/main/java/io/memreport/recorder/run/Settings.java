// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.text.Watch;
import java.nio.file.Path;

/**
 * What the user asked for.
 *
 * @param out where run folders go
 * @param sampleMillis period of the memory samples
 * @param watch what is measured of queries and tests
 * @param natives whose native heap is accounted
 * @param heapSampleBytes mean bytes between two samples of allocated objects; 0 for none
 * @param jfc a file of JFR settings instead of the built-in ones, or null
 * @param rendered all of this as the agent argument that would set it
 */
public record Settings(
    Path out,
    long sampleMillis,
    Watch watch,
    Natives natives,
    long heapSampleBytes,
    Path jfc,
    String rendered) {

  /** Whose native heap is accounted. */
  public enum Natives {
    SQLITE,
    ALL,
    OFF
  }
}
