// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void the_agent_s_keys_become_its_environment() {
    Options options =
        Options.of(
            Map.of(
                "leaks",
                "gc",
                "heap-sample",
                "64k",
                "failOn",
                "leak",
                "out",
                "x",
                "skip",
                "false"));
    assertThat(options.environment())
        .containsOnly(
            Map.entry("MEMREPORT_LEAKS", "gc"), Map.entry("MEMREPORT_HEAP_SAMPLE", "64k"));
    assertThat(options.failOn()).isEqualTo("leak");
  }

  @Test
  void nothing_fails_by_default() {
    assertThat(Options.of(Map.of())).isEqualTo(new Options(false, "never", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"'', true", "true, true", "false, false", "FALSE, false"})
  void skip_needs_no_value(String value, boolean skip) {
    assertThat(Options.of(Map.of("skip", value)).skip()).isEqualTo(skip);
  }
}
