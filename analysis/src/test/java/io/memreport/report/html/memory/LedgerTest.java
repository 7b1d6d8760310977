// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memreport.model.PostMortem;
import io.memreport.report.html.Suite;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Names;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void partsFillTheBarAndSumToWhatIsResident() {
    Ledger ledger = ledger(Suite.guilty());
    double end = 0;
    long bytes = 0;
    for (Ledger.Part part : ledger.parts()) {
      assertThat(part.from()).as(part.label()).isCloseTo(end, within(1e-9));
      end += part.width();
      bytes += part.bytes().value() == null ? 0 : part.bytes().value();
    }
    assertThat(end).isCloseTo(100, within(1e-9));
    assertThat(bytes).isEqualTo(ledger.rss().value());
    assertThat(ledger.excess()).isEmpty();
  }

  @Test
  void whatIsUnexplainedIsShownAndWhatIsUnknownIsNoZero() {
    String summary = ledger(Suite.guilty()).parts().toString();
    assertThat(summary).contains("Other, unexplained");
    Ledger.Part shared = ledger(Suite.guilty()).parts().get(MemoryKind.SHARED.ordinal());
    assertThat(shared.bytes().text()).isEqualTo("unknown");
    assertThat(shared.share()).isEmpty();
  }

  @Test
  void aRunWithoutASampleSaysSo() {
    Ledger ledger = ledger(Suite.empty());
    assertThat(ledger.parts()).isEmpty();
    assertThat(ledger.rss().title()).contains("no memory sample");
  }

  private static Ledger ledger(PostMortem postMortem) {
    return Ledger.of(postMortem, new Names(postMortem)).get(0);
  }
}
