// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was left of a run's tests when all had been collected after the last one.
 *
 * @param buffersOfJdk bytes that threads kept for the JDK's channels
 * @param countedBuffersOfJdk those of them that are counted among direct buffers
 * @param filesLeft how many more files, sockets and pipes were open than when the first test began
 * @param jarsOpened how many more jars were
 * @param loaders class loaders that tests made, if many alike lived
 */
public record LastCollection(
    Instant at,
    @Nullable Long buffersOfJdk,
    @Nullable Long countedBuffersOfJdk,
    @Nullable Long filesLeft,
    @Nullable Long jarsOpened,
    List<KeptLoaders> loaders) {

  /**
   * Loaders with the same class in each, but for numbers in its name.
   *
   * @param type their own class
   * @param className that class; null if its name is not known
   */
  public record KeptLoaders(String testId, String type, @Nullable String className, long count) {}
}
