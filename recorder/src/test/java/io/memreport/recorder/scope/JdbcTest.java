// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.QueryEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.text.Watch;
import java.io.IOException;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of calls that drivers make, with plain objects for statements and connections. */
class JdbcTest {
  private static final String SELECT = "select a from orders where id = 1";
  private static final String OTHER = "select b from lines";

  private final Object connection = new Object();
  private final Object statement = new Object();

  @BeforeEach
  void connect() {
    JdbcConnections.connected(connection, "jdbc:test:user=scott;password=tiger");
  }

  @Test
  void counts_an_execution_with_its_rows_once_it_is_exhausted() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              query(SELECT);
              row(true);
              row(true);
              row(false);
              row(false);
              Jdbc.closed(statement);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "rows")).isEqualTo(2);
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "errors")).isZero();
  }

  @Test
  void counts_a_result_that_was_closed_early() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              query(SELECT);
              row(true);
              Jdbc.resultClosed(statement);
              Jdbc.resultClosed(statement);
              Jdbc.closed(statement);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "rows")).isEqualTo(1);
  }

  @Test
  void ends_the_execution_before_when_its_statement_runs_another_text() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              query(SELECT);
              row(true);
              query(OTHER);
              row(true);
              row(true);
              row(false);
              Jdbc.closed(statement);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "rows")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, OTHER, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, OTHER, "rows")).isEqualTo(2);
  }

  @Test
  void counts_each_execution_of_a_prepared_statement_that_resets_the_one_before()
      throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Jdbc.prepared(statement, connection, SELECT);
              for (int i = 0; i < 3; i++) {
                Object begun = Jdbc.begin(statement, connection, SELECT, true);
                Jdbc.resultClosed(statement);
                Jdbc.end(begun, null, false, true, true, null);
                row(true);
              }
              Jdbc.closed(statement);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(3);
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "rows")).isEqualTo(3);
  }

  @Test
  void counts_nested_calls_once() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object outer = Jdbc.begin(statement, connection, SELECT, false);
              Object inner = Jdbc.begin(new Object(), connection, OTHER, false);
              Jdbc.end(inner, null, false, false, false, null);
              Jdbc.end(outer, null, false, false, false, null);
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "executions")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, OTHER, "executions")).isZero();
  }

  @Test
  void tells_errors_from_cancelled_executions() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object failed = Jdbc.begin(statement, connection, SELECT, false);
              Jdbc.end(failed, null, false, true, true, new IllegalStateException("no such table"));
              Object cancelled = Jdbc.begin(statement, connection, OTHER, false);
              Jdbc.finalized(statement);
              Jdbc.cancelled(statement);
              Jdbc.end(
                  cancelled, null, false, true, true, new IllegalStateException("interrupted"));
            });
    assertThat(recorded.sum(QueryTotalEvent.NAME, SELECT, "errors")).isEqualTo(1);
    assertThat(recorded.sum(QueryTotalEvent.NAME, OTHER, "errors")).isZero();
    assertThat(recorded.sum(QueryTotalEvent.NAME, OTHER, "cancelled")).isEqualTo(1);
  }

  @Test
  void keeps_a_ledger_of_statements_that_are_not_closed() throws IOException {
    Object[] statements = {new Object(), new Object(), new Object()};
    Recorded recorded =
        Recorded.during(
            () -> {
              for (Object each : statements) {
                Jdbc.prepared(each, connection, SELECT);
              }
              Jdbc.closed(statements[1]);
            });
    assertThat(recorded.sum(OpenStatementsEvent.NAME, SELECT, "open")).isEqualTo(2);
    Recorded later = Recorded.during(() -> JdbcConnections.closed(connection));
    RecordedEvent last = later.named(OpenStatementsEvent.NAME).get(0);
    assertThat(last.getLong("open")).isZero();
    List<RecordedEvent> states = later.named(ConnectionStateEvent.NAME);
    assertThat(states).anyMatch(state -> state.getBoolean("closed"));
  }

  @Test
  void leaves_native_figures_of_other_databases_unknown() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              query(SELECT);
              row(false);
            });
    assertThat(recorded.named(QueryTotalEvent.NAME).get(0).getLong("nativeAllocated"))
        .isEqualTo(QueryTotalEvent.UNKNOWN);
  }

  @Test
  void writes_single_executions_only_past_a_threshold() throws IOException {
    new Watch(Long.MAX_VALUE, Long.MAX_VALUE, Watch.SqlText.FINGERPRINT, true, Watch.Leaks.SAMPLES)
        .start();
    Recorded fast = Recorded.during(() -> update(SELECT));
    assertThat(fast.named(QueryEvent.NAME)).isEmpty();
    new Watch(0, Long.MAX_VALUE, Watch.SqlText.FINGERPRINT, true, Watch.Leaks.SAMPLES).start();
    Recorded slow = Recorded.during(() -> update(SELECT));
    assertThat(slow.named(QueryEvent.NAME)).hasSize(1);
  }

  @Test
  void records_no_credentials_of_a_url() throws IOException {
    Recorded recorded =
        Recorded.during(
            () ->
                JdbcConnections.connected(
                    new Object(), "jdbc:x://scott:tiger@db/orders?user=scott&Password=tiger&a=1"));
    assertThat(recorded.named(ConnectionOpenEvent.NAME).get(0).getString("url"))
        .isEqualTo("jdbc:x://db/orders?user=?&Password=?&?");
  }

  @Test
  void does_not_grow_with_the_number_of_connections() throws IOException {
    Recorded.during(
        () -> {
          for (int i = 0; i < 5000; i++) {
            Object each = new Object();
            JdbcConnections.connected(each, "jdbc:x:y");
            Object one = new Object();
            Jdbc.end(Jdbc.begin(one, each, SELECT, false), null, false, false, false, null);
            Jdbc.closed(one);
            JdbcConnections.closed(each);
          }
        });
    Emission.flush();
    assertThat(TotalsTable.LISTED.size()).isLessThan(10);
    assertThat(ConnectionScope.OPEN.stream().filter(ConnectionScope::isClosed)).isEmpty();
  }

  private void query(String sql) {
    Object begun = Jdbc.begin(statement, connection, sql, false);
    Jdbc.resultClosed(statement);
    Jdbc.finalized(statement);
    Jdbc.compiled(statement);
    Jdbc.end(begun, sql, false, true, true, null);
  }

  private void update(String sql) {
    Object begun = Jdbc.begin(statement, connection, sql, false);
    Jdbc.finalized(statement);
    Jdbc.finalized(statement);
    Jdbc.end(begun, sql, true, false, false, null);
  }

  private void row(boolean more) {
    Jdbc.next(statement, more, null);
  }
}
