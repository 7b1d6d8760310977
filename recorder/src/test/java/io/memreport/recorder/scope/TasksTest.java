// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import io.memreport.recorder.unit.Spans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the woven code of pools calls, without pools. */
class TasksTest {
  private static final long CHUNK = 4_000_000;

  private final Object task = new Object();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private Object sink;

  @BeforeAll
  static void pools_are_followed() {
    Tasks.weaveBy(() -> {});
  }

  @AfterAll
  static void nothing_is_wanted_any_more() {
    Tasks.stop();
  }

  @Test
  void a_task_belongs_to_the_test_that_handed_it_over() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              besides("other");
              Tasks.submitted(task);
              pool(
                  () -> {
                    query("select before");
                    Tasks.next(task);
                    query("select inside");
                    Tasks.idle();
                    query("select after");
                  });
              end();
              Spans.close(giver);
            });
    assertOf(recorded, "select inside", "giver", "submitted");
    assertOfNone(recorded, "select before");
    assertOfNone(recorded, "select after");
  }

  @Test
  void a_worker_may_be_made_for_a_task_and_is_still_not_its_tests() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              besides("other");
              Tasks.submitted(task);
              join(
                  start(
                      new Thread(
                          () -> {
                            Tasks.hired(task);
                            query("select first");
                            Tasks.idle();
                            query("select unknown");
                          })));
              end();
              Spans.close(giver);
            });
    assertOf(recorded, "select first", "giver", "submitted");
    assertOfNone(recorded, "select unknown");
  }

  @Test
  void a_task_that_runs_once_its_test_is_over_is_not_the_next_tests() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              Tasks.submitted(task);
              Spans.close(giver);
              Object next = Spans.open("next");
              pool(
                  () -> {
                    Tasks.next(task);
                    query("select late");
                    Tasks.idle();
                    query("select sole");
                  });
              Spans.close(next);
            });
    assertOf(recorded, "select late", "giver", "submitted");
    assertOf(recorded, "select sole", "next", "sole");
  }

  @Test
  void a_task_may_run_inside_another_one() throws IOException {
    Object inner = new Object();
    Recorded recorded =
        Recorded.during(
            () -> {
              Object first = Spans.open("first");
              Tasks.submitted(task);
              besides("second", () -> Tasks.submitted(inner));
              pool(
                  () -> {
                    Object outer = Tasks.begin(task);
                    Object nested = Tasks.begin(inner);
                    query("select nested");
                    Tasks.end(nested);
                    query("select outer");
                    Tasks.end(outer);
                    query("select nothing");
                  });
              end();
              Spans.close(first);
            });
    assertOf(recorded, "select nested", "second", "submitted");
    assertOf(recorded, "select outer", "first", "submitted");
    assertOfNone(recorded, "select nothing");
  }

  @Test
  void what_a_thread_does_for_another_test_is_not_its_own_tests() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object helper = Spans.open("helper");
              besides("other", () -> Tasks.submitted(task));
              sink = new byte[(int) CHUNK];
              Object begun = Tasks.begin(task);
              query("select helped");
              sink = new byte[(int) (10 * CHUNK)];
              Object within = Spans.open("within");
              sink = new byte[(int) (3 * CHUNK)];
              Spans.close(within);
              Tasks.end(begun);
              query("select own");
              sink = new byte[(int) CHUNK];
              end();
              Spans.close(helper);
            });
    assertOf(recorded, "select helped", "other", "submitted");
    assertOf(recorded, "select own", "helper", "thread");
    assertThat(heap(recorded, "helper")).isBetween(2 * CHUNK, 3 * CHUNK);
    assertThat(heap(recorded, "within")).isBetween(3 * CHUNK, 4 * CHUNK);
    assertThat(sink).isNotNull();
  }

  @Test
  void a_test_that_begins_inside_a_task_comes_first_until_it_is_over() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              Tasks.submitted(task);
              pool(
                  () -> {
                    Tasks.next(task);
                    Object inner = Spans.open("inner");
                    query("select inner_test");
                    Spans.close(inner);
                    query("select task_again");
                    Tasks.idle();
                  });
              Spans.close(giver);
            });
    assertOf(recorded, "select inner_test", "inner", "thread");
    assertOf(recorded, "select task_again", "giver", "submitted");
  }

  @Test
  void a_thread_that_a_task_starts_is_of_the_tasks_test() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              besides("other");
              Tasks.submitted(task);
              pool(
                  () -> {
                    Tasks.next(task);
                    join(start(new Thread(() -> query("select child"))));
                    Tasks.idle();
                    join(start(new Thread(() -> query("select stranger"))));
                  });
              end();
              Spans.close(giver);
            });
    assertOf(recorded, "select child", "giver", "inherited");
    assertOfNone(recorded, "select stranger");
  }

  @Test
  void a_task_hands_on_in_the_name_of_its_test() throws IOException {
    Object next = new Object();
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              besides("other");
              Tasks.submitted(task);
              pool(
                  () -> {
                    Tasks.next(task);
                    Tasks.submitted(next);
                    Tasks.idle();
                    Tasks.next(next);
                    query("select handed_on");
                    Tasks.idle();
                  });
              end();
              Spans.close(giver);
            });
    assertOf(recorded, "select handed_on", "giver", "submitted");
  }

  @Test
  void an_object_that_nobody_hands_over_again_is_not_its_former_givers() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              Tasks.submitted(task);
              besides("other");
              pool(() -> Tasks.submitted(task));
              pool(
                  () -> {
                    Tasks.next(task);
                    query("select shared");
                    Tasks.idle();
                  });
              end();
              Spans.close(giver);
            });
    assertOfNone(recorded, "select shared");
  }

  @Test
  void a_queue_that_passes_on_what_it_was_given_changes_nothing() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              besides("other");
              Tasks.submitted(task);
              pool(() -> Tasks.queued(task, false));
              pool(
                  () -> {
                    Object begun = Tasks.begin(task);
                    query("select passed_on");
                    Tasks.end(begun);
                  });
              end();
              Spans.close(giver);
            });
    assertOf(recorded, "select passed_on", "giver", "submitted");
  }

  @Test
  void of_forks_nothing_is_remembered_while_one_test_runs() throws IOException {
    Object outside = new Object();
    Recorded recorded =
        Recorded.during(
            () -> {
              Object giver = Spans.open("giver");
              Tasks.queued(task, true);
              Tasks.queued(outside, false);
              besides("other");
              pool(
                  () -> {
                    assertThat(Tasks.begin(task)).isNull();
                    Object begun = Tasks.begin(outside);
                    assertThat(begun).isNotNull();
                    Tasks.end(begun);
                  });
              end();
              Spans.close(giver);
            });
    assertThat(recorded.named(TestEvent.NAME)).hasSize(2);
  }

  @Test
  void without_a_test_nothing_happens() {
    Tasks.submitted(task);
    assertThat(Tasks.begin(task)).isNull();
    Tasks.next(task);
    assertThat(ThreadWork.current().own()).isNull();
  }

  @Test
  void a_token_of_what_was_forgotten_meanwhile_is_harmless() throws IOException {
    Recorded.during(
        () -> {
          Object giver = Spans.open("giver");
          besides("other");
          Tasks.submitted(task);
          pool(
              () -> {
                Object begun = Tasks.begin(task);
                Tasks.idle();
                Tasks.end(begun);
                assertThat(ThreadWork.current().own()).isNull();
              });
          end();
          Spans.close(giver);
        });
  }

  /** Another test runs on a thread of its own, until {@link #end}. */
  private void besides(String name) {
    besides(name, () -> {});
  }

  private void besides(String name, Runnable work) {
    CountDownLatch begun = new CountDownLatch(1);
    threads.add(
        start(
            new Thread(
                null,
                () -> {
                  Object other = Spans.open(name);
                  work.run();
                  begun.countDown();
                  await(over);
                  Spans.close(other);
                },
                name,
                0,
                false)));
    await(begun);
  }

  private void end() {
    over.countDown();
    threads.forEach(TasksTest::join);
  }

  /** On a thread that no test started; what fails there fails here. */
  private static void pool(Runnable work) {
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                thrown.add(e);
              }
            },
            "pool",
            0,
            false);
    thread.start();
    join(thread);
    assertThat(thrown).isEmpty();
  }

  private static Thread start(Thread thread) {
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void query(String sql) {
    Object connection = new Object();
    Object statement = new Object();
    JdbcConnections.connected(connection, "jdbc:x:y");
    Jdbc.end(Jdbc.begin(statement, connection, sql, false), sql, false, false, false, null);
  }

  private static void assertOf(Recorded recorded, String sql, String test, String rule) {
    RecordedEvent total = total(recorded, sql);
    assertThat(total.getLong("testId")).as(sql).isEqualTo(id(recorded, test));
    assertThat(total.getString("attribution")).as(sql).isEqualTo(rule);
  }

  private static void assertOfNone(Recorded recorded, String sql) {
    assertThat(total(recorded, sql).getLong("testId"))
        .as(sql)
        .isEqualTo(MemreportEvent.OUTSIDE_TESTS);
  }

  private static RecordedEvent total(Recorded recorded, String sql) {
    return recorded.named(QueryTotalEvent.NAME).stream()
        .filter(event -> recorded.text(event.getLong("sqlId")).equals(sql))
        .findFirst()
        .orElseThrow();
  }

  private static long heap(Recorded recorded, String test) {
    long id = id(recorded, test);
    return recorded.named(TestEvent.NAME).stream()
        .filter(event -> event.getLong("testId") == id)
        .findFirst()
        .orElseThrow()
        .getLong("heapAllocated");
  }

  private static long id(Recorded recorded, String test) {
    return recorded.named(TestStartEvent.NAME).stream()
        .filter(event -> event.getString("displayName").equals(test))
        .findFirst()
        .orElseThrow()
        .getLong("testId");
  }
}
