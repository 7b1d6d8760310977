// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.TestStatus;
import io.memreport.model.sql.Borrow;
import io.memreport.model.sql.Pool;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is named for a connection that is still out: one test ran from second 10 to 20. */
class ConnectionNotReturnedTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** How many connections are out, as the pool said last. */
  private Integer lent = 2;

  private final SomeFacts some = new SomeFacts().run(ARun.of("r", at(100)));

  @Test
  void the_test_that_ran_alone_when_it_went_out_is() {
    ran(ATest.of("r", "forgets"));
    Suspicion found = examine(out(15), out(16)).get(0);
    assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.forgets()");
    assertThat(found.clause()).isEqualTo("did not give back 2 connections of its pool");
    assertThat(found.finding().evidence())
        .isEqualTo(
            "Thread main borrowed the first from orders, which has at most 10, and it was still out"
                + " when the recording ended");
  }

  @Test
  void what_came_back_or_went_out_between_tests_is_nobody_s() {
    ran(ATest.of("r", "returns"));
    assertThat(examine(new Borrow(null, "p", "main", at(15), at(18)), out(5), out(20))).isEmpty();
  }

  @Test
  void a_test_that_still_runs_may_give_it_back() {
    ran(ATest.of("r", "works").status(TestStatus.RUNNING_AT_END));
    assertThat(examine(out(15))).isEmpty();
  }

  @Test
  void of_two_that_ran_none_is() {
    ran(ATest.of("r", "one"));
    ran(ATest.of("r", "other"));
    assertThat(examine(out(15))).isEmpty();
  }

  @Test
  void a_pool_that_has_fewer_out_has_given_some_up() {
    ran(ATest.of("r", "is given up"));
    lent = 1;
    assertThat(examine(out(15), out(16))).isEmpty();
    assertThat(examine(out(15))).hasSize(1);
  }

  @Test
  void a_pool_that_is_gone_tells_nothing() {
    ran(ATest.of("r", "closes its pool"));
    lent = null;
    assertThat(examine(out(15))).isEmpty();
  }

  @Test
  void a_connection_that_is_known_is_out_until_it_is_closed() {
    ran(ATest.of("r", "works"));
    lent = null;
    some.connection("r", "c", 4096);
    assertThat(examine(new Borrow("c", "p", "main", at(15), null))).hasSize(1);
  }

  private void ran(ATest test) {
    some.test(test).span(test, at(10), at(20));
  }

  private static Borrow out(long second) {
    return new Borrow(null, "p", "main", at(second), null);
  }

  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }

  private List<Suspicion> examine(Borrow... borrows) {
    Pool pool =
        new Pool(
            "p",
            "r",
            "hikari",
            "orders",
            10,
            0,
            0L,
            0L,
            0L,
            0L,
            0L,
            null,
            null,
            0,
            0,
            lent == null ? null : lent + 1,
            lent == null ? null : 1,
            0,
            0,
            List.of(borrows));
    return new ConnectionNotReturned()
        .examine(some.build().toBuilder().pools(List.of(pool)).build());
  }
}
