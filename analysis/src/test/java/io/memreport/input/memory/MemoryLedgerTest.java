// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static io.memreport.recorder.box.BoxGauge.ARENAS_RESIDENT;
import static io.memreport.recorder.box.BoxGauge.CODE_CACHE_COMMITTED;
import static io.memreport.recorder.box.BoxGauge.CODE_RESIDENT;
import static io.memreport.recorder.box.BoxGauge.DIRECT_BUFFERS;
import static io.memreport.recorder.box.BoxGauge.FILES_RESIDENT;
import static io.memreport.recorder.box.BoxGauge.GC_COMMITTED;
import static io.memreport.recorder.box.BoxGauge.HEAP_RESIDENT;
import static io.memreport.recorder.box.BoxGauge.HEAP_USED;
import static io.memreport.recorder.box.BoxGauge.METASPACE_COMMITTED;
import static io.memreport.recorder.box.BoxGauge.OTHER_NATIVE_HEAP;
import static io.memreport.recorder.box.BoxGauge.RSS;
import static io.memreport.recorder.box.BoxGauge.RSS_SHMEM;
import static io.memreport.recorder.box.BoxGauge.SHARED_RESIDENT;
import static io.memreport.recorder.box.BoxGauge.SQLITE_HEAP;
import static io.memreport.recorder.box.BoxGauge.STACKS_RESIDENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.box.BoxSample;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.recorder.box.BoxGauge;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts and other sum to resident memory, and no owner gets what another one holds. */
class MemoryLedgerTest {
  private final Map<BoxGauge, Long> gauges = new EnumMap<>(BoxGauge.class);

  @Test
  void each_part_is_its_owners_and_the_rest_is_other() {
    resident(1000);
    with(HEAP_RESIDENT, 300, CODE_RESIDENT, 50, STACKS_RESIDENT, 20, FILES_RESIDENT, 70);
    with(SHARED_RESIDENT, 10, SQLITE_HEAP, 200, DIRECT_BUFFERS, 40, OTHER_NATIVE_HEAP, 5);
    with(METASPACE_COMMITTED, 60, ARENAS_RESIDENT, 230, GC_COMMITTED, 30);
    MemoryAtEnd end = split(0);
    assertThat(end)
        .isEqualTo(
            new MemoryAtEnd(
                1000L, 300L, 60L, 50L, 20L, 30L, 40L, 200L, 10L, 70L, 190L, 5L, 25L, null));
    assertSums(end);
  }

  @Test
  void no_owner_gets_more_than_is_left() {
    resident(100);
    with(HEAP_RESIDENT, 60, SQLITE_HEAP, 30, DIRECT_BUFFERS, 25, METASPACE_COMMITTED, 500);
    MemoryAtEnd end = split(0);
    assertThat(end.sqliteBytes()).isEqualTo(30);
    assertThat(end.directBufferBytes()).isEqualTo(10);
    assertThat(end.metaspaceBytes()).isZero();
    assertThat(end.otherBytes()).isZero();
    assertSums(end);
  }

  @Test
  void what_the_ranges_name_is_left_to_nobody_else() {
    resident(100);
    with(HEAP_RESIDENT, 10, CODE_RESIDENT, 20, STACKS_RESIDENT, 5, FILES_RESIDENT, 15);
    with(SHARED_RESIDENT, 8, SQLITE_HEAP, 1000);
    MemoryAtEnd end = split(0);
    assertThat(end.sqliteBytes()).isEqualTo(42);
    assertThat(end.otherBytes()).isZero();
    assertSums(end);
  }

  /** Ranges are read now and then; a heap may grow by all that is left until the next time. */
  @Test
  void a_heap_that_grew_since_the_ranges_were_read_has_what_it_uses() {
    resident(100);
    with(HEAP_RESIDENT, 20, HEAP_USED, 70, SQLITE_HEAP, 10, METASPACE_COMMITTED, 15);
    MemoryAtEnd end = split(0);
    assertThat(end.javaHeapBytes()).isEqualTo(70);
    assertThat(end.metaspaceBytes()).isEqualTo(15);
    assertThat(end.otherBytes()).isEqualTo(5);
    assertSums(end);
    with(HEAP_USED, 200);
    assertThat(split(0).javaHeapBytes()).as("but for what others hold").isEqualTo(90);
    with(HEAP_USED, 19);
    assertThat(split(0).javaHeapBytes()).isEqualTo(20);
  }

  @Test
  void what_connections_hold_counts_though_nobody_saw_it_taken() {
    resident(100);
    with(SQLITE_HEAP, 10);
    assertThat(split(40).sqliteBytes()).isEqualTo(40);
    assertThat(split(5).sqliteBytes()).isEqualTo(10);
    gauges.remove(SQLITE_HEAP);
    assertThat(split(40).sqliteBytes()).isNull();
  }

  @Test
  void arenas_hold_what_is_counted_and_are_not_counted_twice() {
    resident(100);
    with(ARENAS_RESIDENT, 50, SQLITE_HEAP, 30, OTHER_NATIVE_HEAP, 15);
    assertThat(split(0).mallocBytes()).isEqualTo(5);
    with(ARENAS_RESIDENT, 44);
    assertThat(split(0).mallocBytes()).isZero();
    gauges.remove(ARENAS_RESIDENT);
    assertThat(split(0).mallocBytes()).isNull();
  }

  @Test
  void what_was_freed_is_told_from_what_is_in_use() {
    resident(100);
    with(HEAP_RESIDENT, 20, ARENAS_RESIDENT, 60, SQLITE_HEAP, 30);
    MemoryAtEnd end = split(0, 10L);
    assertThat(end.freedBytes()).isEqualTo(10);
    assertThat(end.mallocBytes()).isEqualTo(20);
    assertThat(end.otherBytes()).isEqualTo(20);
    assertSums(end);
    assertThat(split(0, 31L).freedBytes()).isEqualTo(30);
    assertThat(split(0, 31L).mallocBytes()).isZero();
    assertThat(split(0, null).freedBytes()).isNull();
    gauges.remove(ARENAS_RESIDENT);
    assertThat(split(0, 10L).freedBytes()).isNull();
  }

  @Test
  void memory_that_shrank_since_the_ranges_were_read_has_no_other() {
    resident(100);
    with(HEAP_RESIDENT, 120, SQLITE_HEAP, 30);
    MemoryAtEnd end = split(0);
    assertThat(end.sqliteBytes()).isZero();
    assertThat(end.otherBytes()).isNull();
  }

  @Test
  void parts_that_sum_to_all_leave_no_other() {
    resident(100);
    with(HEAP_RESIDENT, 100);
    assertThat(split(0).otherBytes()).isZero();
  }

  @Test
  void unknown_stays_unknown() {
    MemoryAtEnd end = split(0);
    assertThat(end)
        .isEqualTo(
            new MemoryAtEnd(
                null, null, null, null, null, null, null, null, null, null, null, null, null,
                null));
    assertThat(MemoryLedger.of(null)).isNull();
  }

  @Test
  void without_address_ranges_the_next_best_figure_stands() {
    resident(100);
    with(CODE_CACHE_COMMITTED, 20, RSS_SHMEM, 7);
    assertThat(split(0).codeCacheBytes()).isEqualTo(20);
    assertThat(split(0).sharedBytes()).isEqualTo(7);
    with(CODE_RESIDENT, 11, SHARED_RESIDENT, 3);
    assertThat(split(0).codeCacheBytes()).isEqualTo(11);
    assertThat(split(0).sharedBytes()).isEqualTo(3);
  }

  private static void assertSums(MemoryAtEnd end) {
    long sum =
        Stream.of(
                end.javaHeapBytes(),
                end.metaspaceBytes(),
                end.codeCacheBytes(),
                end.threadStackBytes(),
                end.gcBytes(),
                end.directBufferBytes(),
                end.sqliteBytes(),
                end.sharedBytes(),
                end.mappedFileBytes(),
                end.otherBytes(),
                end.libraryBytes(),
                end.mallocBytes(),
                end.freedBytes())
            .filter(bytes -> bytes != null)
            .mapToLong(Long::longValue)
            .sum();
    assertThat(sum).isEqualTo(end.rssBytes());
  }

  private void resident(long bytes) {
    with(RSS, bytes);
  }

  private void with(Object... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      gauges.put((BoxGauge) pairs[i], ((Number) pairs[i + 1]).longValue());
    }
  }

  private MemoryAtEnd split(long connections) {
    return split(connections, null);
  }

  private MemoryAtEnd split(long connections, Long freed) {
    return MemoryLedger.atEnd(
        new BoxSample(Instant.EPOCH, 0, Map.copyOf(gauges)), connections, freed);
  }
}
