// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.memory.MemorySampleEvent;

/**
 * Resident bytes by address range, as far as ranges tell who uses them.
 *
 * @param rss all of them
 * @param pss likewise, each page divided by how many processes map it
 * @param javaHeap unknown if the heap was not found
 * @param arenas the arenas of glibc's malloc
 * @param gcCommitted the collector's own tables, unknown without native memory tracking
 */
record MappedMemory(
    long rss,
    long pss,
    long javaHeap,
    long code,
    long stacks,
    long files,
    long shared,
    long arenas,
    long gcCommitted) {
  void fill(MemorySampleEvent sample) {
    sample.mappedRss = rss;
    sample.mappedPss = pss;
    sample.heapResident = javaHeap;
    sample.codeResident = code;
    sample.stacksResident = stacks;
    sample.filesResident = files;
    sample.sharedResident = shared;
    sample.arenasResident = arenas;
    sample.gcCommitted = gcCommitted;
  }
}
