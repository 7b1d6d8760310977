// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicTest {
  private static final long AGES = 3_600_000;

  private final AtomicInteger works = new AtomicInteger();
  private final List<Throwable> told = new CopyOnWriteArrayList<>();
  private Periodic periodic;

  @AfterEach
  void stop() {
    periodic.stop();
  }

  @Test
  void goes_on_whatever_is_thrown_and_tells_once() throws InterruptedException {
    Throwable first = new IllegalStateException("first");
    run(
        1,
        work -> {
          if (work == 2) {
            throw new AssertionError("another");
          }
          sneak(first);
        },
        told::add);
    reach(5);
    assertThat(told).containsExactly(first);
  }

  @Test
  void tells_of_no_memory_once_there_is_some() throws InterruptedException {
    AtomicInteger toldAfter = new AtomicInteger();
    run(
        1,
        work -> {
          if (work <= 3) {
            throw new OutOfMemoryError();
          }
        },
        thrown -> {
          toldAfter.set(works.get());
          told.add(thrown);
        });
    reach(6);
    assertThat(told).singleElement().isInstanceOf(OutOfMemoryError.class);
    assertThat(toldAfter).hasValue(4);
  }

  @Test
  void tries_again_to_tell_what_could_not_be_told() throws InterruptedException {
    run(
        1,
        work -> {
          if (work == 1) {
            throw new IllegalStateException();
          }
        },
        thrown -> {
          told.add(thrown);
          if (told.size() == 1) {
            throw new OutOfMemoryError();
          }
        });
    reach(5);
    assertThat(told).hasSize(2);
    assertThat(told.get(1)).isSameAs(told.get(0));
  }

  @Test
  void an_interrupt_neither_ends_it_nor_keeps_it_from_resting() throws InterruptedException {
    run(AGES, work -> {}, told::add);
    reach(1);
    Thread thread = thread();
    thread.interrupt();
    Thread.sleep(50);
    assertThat(thread.isAlive()).isTrue();
    assertThat(thread.isInterrupted()).isFalse();
    assertThat(works).hasValue(1);
  }

  @Test
  void works_soon_when_asked() throws InterruptedException {
    run(2_000, work -> {}, told::add);
    reach(1);
    long from = System.nanoTime();
    periodic.soon();
    reach(2);
    long millis = (System.nanoTime() - from) / 1_000_000;
    assertThat(millis).isLessThan(1_900);
  }

  @Test
  void ends_when_asked_while_it_rests() throws InterruptedException {
    run(AGES, work -> {}, told::add);
    reach(1);
    periodic.stop();
    assertThat(periodic.join(AGES)).isTrue();
    assertThat(works).hasValue(1);
  }

  @Test
  void is_not_waited_for_longer_than_said() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    run(
        1,
        work -> {
          try {
            stuck.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        told::add);
    reach(1);
    periodic.stop();
    assertThat(periodic.join(20)).isFalse();
    stuck.countDown();
    assertThat(periodic.join(AGES)).isTrue();
  }

  @Test
  void keeps_nothing_of_the_application_that_started_it() throws InterruptedException {
    run(AGES, work -> {}, told::add);
    reach(1);
    assertThat(thread().getContextClassLoader()).isNull();
    assertThat(thread().isDaemon()).isTrue();
  }

  private interface Work {
    void run(int number);
  }

  private void run(long periodMillis, Work work, Consumer<Throwable> failed) {
    periodic =
        new Periodic(
            "periodic-under-test", periodMillis, () -> work.run(works.incrementAndGet()), failed);
    periodic.start();
  }

  private void reach(int number) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (works.get() < number && System.nanoTime() < until) {
      Thread.sleep(1);
    }
    assertThat(works.get()).isGreaterThanOrEqualTo(number);
    // What comes right after the work.
    Thread.sleep(20);
  }

  private static Thread thread() {
    return Thread.getAllStackTraces().entrySet().stream()
        .map(Map.Entry::getKey)
        .filter(thread -> thread.getName().equals("periodic-under-test"))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
