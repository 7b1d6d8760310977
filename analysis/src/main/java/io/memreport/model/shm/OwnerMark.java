// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

/**
 * The JVM on whose behalf a process was started: {@code MEMREPORT_OWNER=pid:startTicks} in its
 * environment.
 *
 * @param startTicks see {@link ShmProcess}
 */
public record OwnerMark(long pid, long startTicks) {
  /** The name in the environment. */
  public static final String VARIABLE = "MEMREPORT_OWNER";

  /** Reads its value; what else may follow is separated by another colon. Null if it is none. */
  public static OwnerMark parse(String value) {
    String[] parts = value.split(":", 3);
    try {
      return parts.length < 2
          ? null
          : new OwnerMark(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
