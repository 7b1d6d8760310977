// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static org.assertj.core.api.Assertions.assertThat;

import fake.FakeStatement;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.stack.Mishap;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a thread believes of its calls when a hook of ours was cut off. */
class ThreadScopeTest {
  private static final String LOST = "select lost from orders";
  private static final String LATER = "select later from orders";

  private final Object connection = new Object();
  private final FakeStatement statement = new FakeStatement();
  private final FakeStatement other = new FakeStatement();

  @BeforeEach
  @AfterEach
  void nothingOnTheStack() {
    ThreadScope.current().outermost = null;
    Mishap.count++;
    JdbcConnections.connected(connection, "jdbc:test:heal");
  }

  @Test
  void an_end_that_was_cut_off_costs_no_later_query() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              statement.execute(() -> begin(statement, LOST));
              Mishap.count++;
              for (int i = 0; i < 3; i++) {
                run(other, LATER);
              }
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "executions")).isEqualTo(3);
  }

  @Test
  void the_query_whose_end_was_cut_off_counts_once_and_has_no_time() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              statement.execute(() -> begin(statement, LOST));
              Mishap.count++;
              run(other, LATER);
              Jdbc.closed(statement);
              Jdbc.closed(statement);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, LOST, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, LOST, "totalNanos")).isZero();
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "totalNanos")).isPositive();
  }

  @Test
  void the_same_statement_can_run_again() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              statement.execute(() -> begin(statement, LOST));
              Mishap.count++;
              run(statement, LATER);
              run(statement, LATER);
              Jdbc.closed(statement);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, LOST, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "executions")).isEqualTo(2);
  }

  @Test
  void another_thread_can_run_what_one_died_in() throws Exception {
    Recorded recorded =
        Recorded.during(
            () -> {
              onAnotherThread(() -> statement.execute(() -> begin(statement, LOST)));
              run(statement, LATER);
              Jdbc.closed(statement);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, LOST, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "executions")).isEqualTo(1);
  }

  @Test
  void a_call_that_is_on_the_stack_is_believed_after_a_mishap() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              statement.execute(
                  () -> {
                    Object outer = begin(statement, LOST);
                    Mishap.count++;
                    run(other, LATER);
                    end(outer);
                  });
              run(other, LATER);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, LOST, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "executions")).isEqualTo(1);
  }

  @Test
  void a_frame_of_another_method_of_the_statement_is_no_execution() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              statement.execute(() -> begin(statement, LOST));
              Mishap.count++;
              statement.close(() -> run(other, LATER));
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "executions")).isEqualTo(1);
  }

  @Test
  void without_any_sign_it_is_found_out_after_some_calls() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              run(other, LATER);
              statement.execute(() -> begin(statement, LOST));
              for (int i = 0; i < 200; i++) {
                run(other, LATER);
              }
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "executions"))
        .isBetween(200L - 64 + 1, 200L);
  }

  @Test
  void many_calls_inside_one_that_runs_do_not_count() throws IOException {
    Recorded recorded =
        Recorded.during(
            () ->
                statement.execute(
                    () -> {
                      Object outer = begin(statement, LOST);
                      for (int i = 0; i < 1_000; i++) {
                        run(other, LATER);
                      }
                      end(outer);
                    }));
    assertThat(recorded.sum(QueryTotalEvent.NAME, LOST, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "executions")).isZero();
  }

  @Test
  void what_a_begin_was_that_threw_is_not_measured_and_harms_nothing() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              // A statement of no known connection, which can't be asked for it.
              assertThat(Jdbc.begin(new Object(), null, LOST, false)).isNull();
              run(other, LATER);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, LATER, "executions")).isEqualTo(1);
  }

  @Test
  void a_connection_is_opened_only_while_the_driver_does_it() {
    ThreadScope thread = ThreadScope.current();
    JdbcConnections.opening();
    assertThat(thread.isOpening()).isTrue();
    Mishap.count++;
    assertThat(thread.isOpening()).isFalse();
    JdbcConnections.opened(null);
    JdbcConnections.opening();
    assertThat(thread.isOpening()).isTrue();
    JdbcConnections.opened(null);
    assertThat(thread.isOpening()).isFalse();
  }

  private void run(FakeStatement on, String sql) {
    on.execute(() -> end(begin(on, sql)));
  }

  private Object begin(Object on, String sql) {
    return Jdbc.begin(on, connection, sql, false);
  }

  private static void end(Object begun) {
    Jdbc.end(begun, null, false, false, false, null);
  }

  private static void onAnotherThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
