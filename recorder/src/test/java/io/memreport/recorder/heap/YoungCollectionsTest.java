// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YoungCollectionsTest {
  @ParameterizedTest
  @CsvSource({
    "ZGC Minor Cycles, true",
    "ZGC Minor Pauses, true",
    "ZGC Cycles, false",
    "ZGC Pauses, false",
    "G1 Young Generation, false",
    "Copy, false",
    "PS Scavenge, false",
    "Shenandoah Cycles, false"
  })
  void only_generational_zgc_keeps_what_is_tagged(String collector, boolean keeps) {
    assertThat(YoungCollections.keepWhatIsTagged(collector)).isEqualTo(keeps);
  }
}
