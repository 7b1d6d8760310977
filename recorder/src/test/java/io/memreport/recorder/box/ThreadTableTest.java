// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.THREADS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ThreadTableTest {
  private final ByteBuffer box = ByteBuffer.allocate(BoxLayout.SIZE).order(ByteOrder.LITTLE_ENDIAN);
  private final ThreadTable table = new ThreadTable(box);

  @Test
  void an_entry_that_is_given_back_shows_nothing_and_is_used_again() {
    ThreadEntry first = table.take(Thread.currentThread());
    assertThat(shown()).isEqualTo(1);
    first.release();
    assertThat(shown()).isZero();
    for (int i = 0; i < 3 * THREADS; i++) {
      table.take(Thread.currentThread()).release();
    }
    assertThat(shown()).isZero();
    assertThat(dropped()).isZero();
  }

  @Test
  void threads_that_died_make_room_while_others_come() throws InterruptedException {
    for (int i = 0; i < 2 * THREADS; i++) {
      // A sweep is not made for each of them.
      table.sweep();
      shortLived();
    }
    assertThat(dropped()).isZero();
    table.sweep();
    assertThat(shown()).isZero();
  }

  @Test
  void what_was_given_back_twice_is_not_taken_from_the_next_owner() throws InterruptedException {
    ThreadEntry mine = table.take(Thread.currentThread());
    mine.release();
    ThreadEntry[] next = new ThreadEntry[1];
    Thread other = new Thread(() -> next[0] = table.take(Thread.currentThread()));
    other.start();
    other.join();
    mine.release();
    assertThat(shown()).isEqualTo(1);
    assertThat(next[0]).isNotNull();
  }

  @Test
  void a_thread_that_finds_no_room_is_counted() {
    Set<ThreadEntry> taken = new HashSet<>();
    for (int i = 0; i < THREADS; i++) {
      taken.add(table.take(Thread.currentThread()));
    }
    assertThat(taken).hasSize(THREADS).doesNotContainNull();
    assertThat(table.take(Thread.currentThread())).isNull();
    assertThat(dropped()).isEqualTo(1);
    assertThat(shown()).isEqualTo(THREADS);
  }

  @Test
  void two_threads_never_have_the_same_entry() throws InterruptedException {
    Set<Integer> slots = ConcurrentHashMap.newKeySet();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int k = 0; k < 20_000; k++) {
                  ThreadEntry entry = table.take(Thread.currentThread());
                  if (!slots.add(entry.slot())) {
                    throw new AssertionError("taken twice");
                  }
                  slots.remove(entry.slot());
                  entry.release();
                }
                slots.add(-1 - (int) (Thread.currentThread().getId() % 1_000_000));
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    // Each got to its end.
    assertThat(slots).hasSize(threads.length);
    assertThat(shown()).isZero();
  }

  private void shortLived() throws InterruptedException {
    Thread thread = new Thread(() -> table.take(Thread.currentThread()));
    thread.start();
    thread.join();
  }

  private long dropped() {
    return box.getLong(BoxLayout.THREADS_DROPPED);
  }

  private int shown() {
    int shown = 0;
    for (int slot = 0; slot < THREADS; slot++) {
      int at = BoxLayout.THREADS_AT + slot * BoxLayout.THREAD_SIZE;
      shown += box.getLong(at + BoxLayout.THREAD_JAVA_ID) == 0 ? 0 : 1;
    }
    return shown;
  }
}
