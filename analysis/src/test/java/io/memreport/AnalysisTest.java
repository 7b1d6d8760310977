// SPDX-License-Identifier: Apache-2.0
package io.memreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisTest {
  @TempDir private Path folder;

  @Test
  void what_cannot_be_read_is_a_problem_and_no_run() {
    Path missing = folder.resolve("missing.jfr");
    Path log = folder.resolve("missing.log");
    Analysis analysis = Analysis.of(List.of(missing), List.of(log), bytes -> {});
    assertThat(analysis.hasRuns()).isFalse();
    assertThat(analysis.problems()).hasSize(2);
    assertThat(analysis.problems().get(0)).contains(missing.toString());
    assertThat(analysis.problems().get(1)).contains(log.toString());
    assertThatIllegalStateException().isThrownBy(analysis::postMortem);
    assertThatIllegalStateException().isThrownBy(analysis::findsLeak);
  }
}
