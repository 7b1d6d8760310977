// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import io.memreport.recorder.event.MemorySampleEvent;
import java.util.function.ToLongFunction;

/** What a sample in the box holds: the fields of {@link MemorySampleEvent}. Add at the end only. */
public enum BoxGauge {
  RSS("rss", event -> event.rss),
  RSS_ANON("rssAnon", event -> event.rssAnon),
  RSS_FILE("rssFile", event -> event.rssFile),
  RSS_SHMEM("rssShmem", event -> event.rssShmem),
  SWAP("swap", event -> event.swap),
  HEAP_USED("heapUsed", event -> event.heapUsed),
  HEAP_COMMITTED("heapCommitted", event -> event.heapCommitted),
  METASPACE_COMMITTED("metaspaceCommitted", event -> event.metaspaceCommitted),
  CODE_CACHE_COMMITTED("codeCacheCommitted", event -> event.codeCacheCommitted),
  THREADS("threads", event -> event.threads),
  DIRECT_BUFFERS("directBuffers", event -> event.directBuffers),
  MAPPED_BUFFERS("mappedBuffers", event -> event.mappedBuffers),
  SQLITE_HEAP("sqliteHeap", event -> event.sqliteHeap),
  OTHER_NATIVE_HEAP("otherNativeHeap", event -> event.otherNativeHeap),
  CGROUP_USAGE("cgroupUsage", event -> event.cgroupUsage),
  LIMIT("limit", event -> event.limit),
  MACHINE_AVAILABLE("machineAvailable", event -> event.machineAvailable),
  MAPPED_RSS("mappedRss", event -> event.mappedRss),
  HEAP_RESIDENT("heapResident", event -> event.heapResident),
  CODE_RESIDENT("codeResident", event -> event.codeResident),
  STACKS_RESIDENT("stacksResident", event -> event.stacksResident),
  FILES_RESIDENT("filesResident", event -> event.filesResident),
  SHARED_RESIDENT("sharedResident", event -> event.sharedResident),
  ARENAS_RESIDENT("arenasResident", event -> event.arenasResident),
  GC_COMMITTED("gcCommitted", event -> event.gcCommitted),
  CGROUP_SHMEM("cgroupShmem", event -> event.cgroupShmem),
  CHILDREN("children", event -> event.children),
  SIBLINGS("siblings", event -> event.siblings);

  private final String field;
  private final ToLongFunction<MemorySampleEvent> value;

  BoxGauge(String field, ToLongFunction<MemorySampleEvent> value) {
    this.field = field;
    this.value = value;
  }

  /** The event's field of the same figure. */
  public String field() {
    return field;
  }

  long of(MemorySampleEvent event) {
    return value.applyAsLong(event);
  }

  /** Where it lies in a sample. */
  public int offset() {
    return BoxLayout.SAMPLE_GAUGES + 8 * ordinal();
  }
}
