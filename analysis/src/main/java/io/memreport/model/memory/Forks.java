// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Runs that shared a limit, at the instant at which one of them died.
 *
 * @param victim id of the run that died
 * @param limitBytes what they had together
 * @param usageBytes what was charged to their cgroup, or null
 * @param sumBytes what they held together: pages that they share count once
 * @param wouldFit how many runs like the largest one the limit has room for, or null
 * @param shares of those that were alive, the largest first
 * @param apart ids of tests that took more than the equal share of the limit by themselves
 */
public record Forks(
    Instant at,
    String victim,
    Long limitBytes,
    Long usageBytes,
    long sumBytes,
    Integer wouldFit,
    List<ForkShare> shares,
    List<String> apart) {

  /** What as many runs as there were need if each becomes as large as the largest ever was. */
  @JsonProperty
  public long needBytes() {
    long largest =
        shares.stream()
            .map(ForkShare::peakBytes)
            .filter(Objects::nonNull)
            .mapToLong(bytes -> bytes)
            .max()
            .orElse(0);
    return largest * shares.size();
  }
}
