// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.heapdump;

import java.time.Instant;
import java.util.List;

/**
 * What a heap dump says.
 *
 * @param takenAt null if the file tells no moment that can be
 * @param objects that something holds, weak references apart
 * @param bytes of those objects
 * @param unreachableBytes of objects that a collection would free
 * @param classes of the objects that something holds, the largest first
 */
public record HeapDump(
    String file,
    Instant takenAt,
    long fileBytes,
    long objects,
    long bytes,
    long unreachableBytes,
    List<HeapSuspect> suspects,
    List<HeapOwner> owners,
    List<ClassBytes> classes) {
  /** The same with other suspects. */
  public HeapDump with(List<HeapSuspect> others) {
    return new HeapDump(
        file, takenAt, fileBytes, objects, bytes, unreachableBytes, others, owners, classes);
  }
}
