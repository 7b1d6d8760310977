// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.sql.Dialect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What the shim counts for a thread, told interval by interval. */
class NativeCountersTest {
  private final ByteBuffer record =
      ByteBuffer.allocate(NativeHeap.VM_STEPS + Long.BYTES).order(ByteOrder.nativeOrder());
  private final NativeCounters counters = new NativeCounters();

  @Test
  void without_a_record_all_is_unknown_and_nothing_happens() {
    counters.skip();
    counters.addWork(null);
    assertThat(counters.attached()).isFalse();
    assertThat(counters.advance()).isFalse();
    assertThat(counters.total()).isZero();
    assertThat(counters.allocatedTotal()).isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(counters.netTotal()).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void without_memory_for_a_record_there_is_none() {
    counters.attach(record);
    counters.attach(null);
    assertThat(counters.attached()).isFalse();
    assertThat(counters.advance()).isFalse();
    assertThat(counters.netTotal()).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void what_an_earlier_thread_counted_is_not_this_ones() {
    add(NativeHeap.ALLOCATED, 100);
    add(NativeHeap.FREED, 40);
    add(NativeHeap.ADOPTED_ALLOCATED, 10);
    add(NativeHeap.ADOPTED_FREED, 3);
    counters.attach(record);
    assertThat(counters.attached()).isTrue();
    assertThat(counters.advance()).isFalse();
    assertThat(counters.total()).isEqualTo(67);
    assertThat(counters.allocatedTotal()).isZero();
    assertThat(counters.netTotal()).isZero();
    assertThat(record.getLong(NativeHeap.PEAK)).isEqualTo(67);
  }

  @Test
  void an_interval_has_what_was_handed_out_what_is_left_and_the_most_at_once() {
    add(NativeHeap.ALLOCATED, 100);
    counters.attach(record);
    add(NativeHeap.ALLOCATED, 30);
    add(NativeHeap.FREED, 12);
    add(NativeHeap.PEAK, 25);
    assertInterval(30, 18, 25);
    assertThat(record.getLong(NativeHeap.PEAK)).isEqualTo(118);
    add(NativeHeap.ALLOCATED, 5);
    add(NativeHeap.PEAK, 5);
    assertInterval(5, 5, 5);
    assertThat(counters.advance()).isFalse();
    assertThat(counters.allocatedTotal()).isEqualTo(35);
    assertThat(counters.netTotal()).isEqualTo(23);
    assertThat(counters.total()).isEqualTo(123);
  }

  @Test
  void workers_of_sqlite_count_for_the_thread_that_they_work_for() {
    counters.attach(record);
    add(NativeHeap.ADOPTED_ALLOCATED, 50);
    add(NativeHeap.PEAK, 50);
    assertInterval(50, 50, 50);
    add(NativeHeap.ADOPTED_FREED, 20);
    assertInterval(0, -20, 0);
    add(NativeHeap.FREED, 30);
    assertInterval(0, -30, 0);
  }

  @Test
  void a_peak_below_where_the_interval_began_is_none() {
    add(NativeHeap.ALLOCATED, 100);
    counters.attach(record);
    add(NativeHeap.FREED, 60);
    record.putLong(NativeHeap.PEAK, 40);
    assertInterval(0, -60, 0);
  }

  @Test
  void what_happened_before_it_is_attached_anew_is_in_no_interval() {
    counters.attach(record);
    add(NativeHeap.ALLOCATED, 1000);
    add(NativeHeap.PEAK, 1000);
    counters.attach(record);
    assertThat(counters.advance()).isFalse();
    assertThat(record.getLong(NativeHeap.PEAK)).isEqualTo(1000);
    add(NativeHeap.ALLOCATED, 7);
    add(NativeHeap.PEAK, 7);
    assertInterval(7, 7, 7);
    assertThat(counters.allocatedTotal()).isEqualTo(7);
  }

  @Test
  void work_of_statements_is_added_once() {
    work(1, 2, 3, 4);
    counters.attach(record);
    Totals totals = totals();
    counters.addWork(totals);
    assertWork(totals, 0, 0, 0, 0);
    work(10, 20, 30, 40);
    counters.addWork(totals);
    assertWork(totals, 10, 20, 30, 40);
    counters.addWork(totals);
    work(1, 1, 1, 1);
    counters.addWork(totals);
    assertWork(totals, 11, 21, 31, 41);
    work(5, 5, 5, 5);
    counters.addWork(null);
    counters.addWork(totals);
    assertWork(totals, 11, 21, 31, 41);
    assertThat(totals.take()).as("given back").isSameAs(totals);
    totals.give();
  }

  private void assertInterval(long allocated, long net, long peak) {
    assertThat(counters.advance()).isTrue();
    assertThat(counters.allocated).isEqualTo(allocated);
    assertThat(counters.net).isEqualTo(net);
    assertThat(counters.peak).isEqualTo(peak);
  }

  private void add(int offset, long value) {
    record.putLong(offset, record.getLong(offset) + value);
  }

  private void work(long scanned, long sorts, long indexed, long steps) {
    add(NativeHeap.FULL_SCAN_STEPS, scanned);
    add(NativeHeap.SORTS, sorts);
    add(NativeHeap.AUTO_INDEX_ROWS, indexed);
    add(NativeHeap.VM_STEPS, steps);
  }

  private static void assertWork(
      Totals totals, long scanned, long sorts, long indexed, long steps) {
    assertThat(totals.fullScanSteps).isEqualTo(scanned);
    assertThat(totals.sorts).isEqualTo(sorts);
    assertThat(totals.autoIndexRows).isEqualTo(indexed);
    assertThat(totals.vmSteps).isEqualTo(steps);
  }

  private static Totals totals() {
    Object connection = new Object();
    JdbcConnections.connected(connection, "jdbc:test:counters");
    ThreadScope thread = ThreadScope.current();
    return thread
        .connection(connection)
        .totals
        .find(thread.sql("select a from counters", Dialect.SQLITE), null, Attribution.NONE, 0);
  }
}
