// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.sql.Dialect;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Totals are exact whoever adds to them, and live no longer than what they are about. */
class TotalsTest {
  private static final String SELECT = "select a from totals";

  private Object connection = new Object();

  @BeforeEach
  void connect() {
    JdbcConnections.connected(connection, "jdbc:test:totals");
  }

  @Test
  void threads_that_share_a_connection_lose_nothing() throws IOException {
    int each = 20_000;
    Recorded recorded =
        Recorded.during(
            () -> {
              List<Thread> threads = new ArrayList<>();
              for (int i = 0; i < 8; i++) {
                threads.add(new Thread(() -> run(each)));
              }
              threads.forEach(Thread::start);
              for (int i = 0; i < 200; i++) {
                Emission.flush();
              }
              join(threads);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(8L * each);
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "errors")).isEqualTo(4L * each);
  }

  @Test
  void threads_that_end_leave_nothing() throws IOException {
    Recorded.during(() -> join(start(2_000)));
    assertThat(totals()).isLessThan(10);
    ThreadScope.expunge();
  }

  @Test
  void one_that_is_taken_for_ever_is_passed_by() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Totals dead = find(SELECT);
              assertThat(dead.take()).isSameAs(dead);
              Totals instead = dead.take();
              assertThat(instead).isNotSameAs(dead);
              instead.executions++;
              instead.give();
              assertThat(dead.take()).isSameAs(instead);
              instead.give();
              dead.executions += 2;
              dead.give();
              assertThat(instead.isOf(dead.sql, null, Attribution.NONE)).isTrue();
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(3);
  }

  @Test
  void what_is_added_after_a_connection_was_closed_and_written_is_written_too() throws IOException {
    TotalsTable table = scope().totals;
    Recorded recorded =
        Recorded.during(
            () -> {
              Totals totals = find(SELECT);
              add(totals);
              JdbcConnections.closed(connection);
              Emission.flush();
              assertThat(totals.isGone()).isTrue();
              add(totals);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(2);
    Emission.flush();
    assertThat(TotalsTable.LISTED).doesNotContain(table);
  }

  @Test
  void a_connection_that_was_collected_is_forgotten() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              add(find(SELECT));
              WeakReference<Object> gone = new WeakReference<>(connection);
              ConnectionScope scope = scope();
              connection = null;
              while (!gone.refersTo(null)) {
                System.gc();
              }
              Emission.flush();
              assertThat(ConnectionScope.OPEN).doesNotContain(scope);
              assertThat(TotalsTable.LISTED).doesNotContain(scope.totals);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(1);
  }

  @Test
  void one_whose_owner_died_does_not_keep_a_connection_that_is_over() throws IOException {
    Recorded.during(
        () -> {
          ConnectionScope scope = scope();
          find(SELECT).take();
          JdbcConnections.closed(connection);
          Emission.flush();
          assertThat(TotalsTable.LISTED).contains(scope.totals);
          for (int i = 0; i < 30; i++) {
            Emission.flush();
          }
          assertThat(TotalsTable.LISTED).doesNotContain(scope.totals);
        });
  }

  @Test
  void open_statements_are_one_sum_over_all_threads() throws IOException {
    Object[] statements = new Object[6];
    Recorded recorded =
        Recorded.during(
            () -> {
              List<Thread> threads = new ArrayList<>();
              for (int i = 0; i < statements.length; i++) {
                Object each = new Object();
                statements[i] = each;
                threads.add(new Thread(() -> Jdbc.prepared(each, connection, SELECT)));
              }
              threads.forEach(Thread::start);
              join(threads);
              Jdbc.closed(statements[0]);
              Jdbc.closed(statements[0]);
            });
    List<RecordedEvent> said = recorded.named(OpenStatementsEvent.NAME);
    assertThat(said.get(said.size() - 1).getLong("open")).isEqualTo(5);
    Recorded later =
        Recorded.during(
            () -> {
              for (Object statement : statements) {
                Jdbc.closed(statement);
              }
            });
    assertThat(later.named(OpenStatementsEvent.NAME))
        .singleElement()
        .satisfies(event -> assertThat(event.getLong("open")).isZero());
  }

  @Test
  void many_texts_find_their_totals_again() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 500; i++) {
                  add(find(text(i)));
                }
              }
            });
    for (int i = 0; i < 500; i++) {
      assertThat(recorded.sum(QueryTotalEvent.NAME, text(i), "executions")).isEqualTo(3);
    }
    assertThat(recorded.named(QueryTotalEvent.NAME)).hasSize(500);
  }

  private static String text(int i) {
    return "select column_" + Integer.toString(i, 26).replaceAll("\\d", "x$0") + " from totals";
  }

  private List<Thread> start(int count) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> run(1));
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private void run(int times) {
    Object statement = new Object();
    for (int i = 0; i < times; i++) {
      Object begun = Jdbc.begin(statement, connection, SELECT, false);
      Jdbc.end(
          begun, null, false, false, false, i % 2 == 0 ? null : new IllegalStateException("no"));
    }
    Jdbc.closed(statement);
  }

  private ConnectionScope scope() {
    return ConnectionScope.of(connection);
  }

  private Totals find(String sql) {
    ThreadScope thread = ThreadScope.current();
    return thread.totals(thread.sql(sql, Dialect.SQLITE), scope(), null);
  }

  private static void add(Totals to) {
    Totals taken = to.take();
    taken.executions++;
    taken.give();
  }

  private static int totals() {
    return TotalsTable.LISTED.size();
  }

  private static void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
