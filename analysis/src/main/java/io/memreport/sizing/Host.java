// SPDX-License-Identifier: Apache-2.0
package io.memreport.sizing;

/**
 * Where SQLite is to run.
 *
 * @param ramBytes memory of the machine
 * @param limitBytes the container's limit, null for none
 * @param heapBytes the JVM's maximum heap, null if it is not set: then a quarter of the memory, as
 *     the JVM takes it
 * @param otherBytes what other processes and the rest of this one need
 * @param connections open at once
 * @param databaseBytes size of the database, null if it is unknown
 */
public record Host(
    long ramBytes,
    Long limitBytes,
    Long heapBytes,
    long otherBytes,
    int connections,
    Long databaseBytes) {

  /** What there is: the limit binds if it is lower. */
  public long memoryBytes() {
    return limitBytes == null ? ramBytes : Math.min(ramBytes, limitBytes);
  }

  /** The maximum heap, assumed if it is not given. */
  public long assumedHeapBytes() {
    return heapBytes == null ? memoryBytes() / 4 : heapBytes;
  }
}
