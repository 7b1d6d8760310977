// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import io.memreport.recorder.event.memory.MemorySampleEvent;
import java.util.function.ToLongFunction;

/** What a sample in the box holds: the fields of {@link MemorySampleEvent}. Add at the end only. */
public enum BoxGauge {
  RSS(event -> event.rss),
  RSS_ANON(event -> event.rssAnon),
  RSS_FILE(event -> event.rssFile),
  RSS_SHMEM(event -> event.rssShmem),
  SWAP(event -> event.swap),
  HEAP_USED(event -> event.heapUsed),
  HEAP_COMMITTED(event -> event.heapCommitted),
  METASPACE_COMMITTED(event -> event.metaspaceCommitted),
  CODE_CACHE_COMMITTED(event -> event.codeCacheCommitted),
  THREADS(event -> event.threads),
  DIRECT_BUFFERS(event -> event.directBuffers),
  MAPPED_BUFFERS(event -> event.mappedBuffers),
  SQLITE_HEAP(event -> event.sqliteHeap),
  OTHER_NATIVE_HEAP(event -> event.otherNativeHeap),
  CGROUP_USAGE(event -> event.cgroupUsage),
  LIMIT(event -> event.limit),
  MACHINE_AVAILABLE(event -> event.machineAvailable),
  MAPPED_RSS(event -> event.mappedRss),
  HEAP_RESIDENT(event -> event.heapResident),
  CODE_RESIDENT(event -> event.codeResident),
  STACKS_RESIDENT(event -> event.stacksResident),
  FILES_RESIDENT(event -> event.filesResident),
  SHARED_RESIDENT(event -> event.sharedResident),
  ARENAS_RESIDENT(event -> event.arenasResident),
  GC_COMMITTED(event -> event.gcCommitted),
  CGROUP_SHMEM(event -> event.cgroupShmem),
  CHILDREN(event -> event.children),
  SIBLINGS(event -> event.siblings);

  private final ToLongFunction<MemorySampleEvent> value;

  BoxGauge(ToLongFunction<MemorySampleEvent> value) {
    this.value = value;
  }

  /** The figure in a sample; UNKNOWN if it could not be told. */
  public long of(MemorySampleEvent event) {
    return value.applyAsLong(event);
  }

  /** Where it lies in a sample. */
  public int offset() {
    return BoxLayout.SAMPLE_GAUGES + 8 * ordinal();
  }
}
