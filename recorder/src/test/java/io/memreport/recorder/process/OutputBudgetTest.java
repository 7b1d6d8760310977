// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import static io.memreport.recorder.process.OutputBudget.BYTES_PER_SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputBudgetTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void so_much_is_looked_at_and_no_more_until_time_has_passed() {
    OutputBudget budget = new OutputBudget(7);
    assertThat(budget.take(BYTES_PER_SECOND, 7)).isTrue();
    assertThat(budget.take(1, 7)).isFalse();
    assertThat(budget.take(BYTES_PER_SECOND / 2 + 1, 7 + SECOND / 2)).isFalse();
    assertThat(budget.take(BYTES_PER_SECOND / 2, 7 + SECOND / 2)).isTrue();
  }

  @Test
  void what_is_not_used_does_not_add_up() {
    OutputBudget budget = new OutputBudget(0);
    assertThat(budget.take(BYTES_PER_SECOND + 1, 100 * SECOND)).isFalse();
    assertThat(budget.take(BYTES_PER_SECOND, 100 * SECOND)).isTrue();
  }
}
