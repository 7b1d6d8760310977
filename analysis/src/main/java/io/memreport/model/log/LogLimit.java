// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/**
 * A limit of a memory cgroup.
 *
 * @param what {@code memory}, {@code memory+swap}, {@code swap} or {@code kmem}
 * @param usageBytes what was charged
 * @param limitBytes what was allowed, null for no limit
 * @param failures how often it was hit, or null
 */
public record LogLimit(String what, Long usageBytes, Long limitBytes, Long failures) {
  /** Whether nothing more fitted. */
  public boolean isHit() {
    return limitBytes != null && limitBytes > 0 && usageBytes != null && usageBytes >= limitBytes;
  }
}
