// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.words.Names;
import io.memreport.model.Ending;
import io.memreport.model.log.Killer;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.VerdictKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keeps() left 4 MiB. | ATest.keeps() left 4 MiB: its map | its map",
        "keeps() left 4 MiB (+3 more). | ATest.keeps() left 4 MiB: its map | its map",
        "It ended. | Its end: none | Its end: none",
      })
  void evidence_is_told_without_what_the_headline_says(
      String headline, String evidence, String rest) {
    assertThat(VerdictWords.behind(headline, evidence)).isEqualTo(rest);
  }

  @Test
  void a_text_that_only_quotes_the_headline_far_behind_stays_whole() {
    String evidence = "x".repeat(120) + "It ended: so";
    assertThat(VerdictWords.behind("It ended.", evidence)).isEqualTo(evidence);
    assertThat(VerdictWords.behind("It ended.", evidence.substring(1))).isEqualTo("so");
  }

  @ParameterizedTest
  @CsvSource({
    "kernel-memcg, 'by the kernel, at the limit of its cgroup'",
    "kernel-global, 'by the kernel, because the machine was full'",
    "kernel, by the kernel",
    "yarn-nodemanager, by YARN's NodeManager",
    "jvmkill-agent, by the jvmkill agent",
    "kubelet, by the kubelet",
    "systemd-oomd, by systemd-oomd",
    "'', ''",
    ", ''"
  })
  void who_killed_it_is_told_in_words(String killer, String words) {
    assertThat(VerdictWords.by(killer)).isEqualTo(words);
  }

  @ParameterizedTest
  @EnumSource
  void no_killer_is_told_by_its_code(Killer killer) {
    assertThat(VerdictWords.by(killer.label())).doesNotContain("by kernel").doesNotContain("_");
    assertThat(Names.capital(killer.words())).matches("[A-Z].* .*|[A-Za-z]+|systemd-oomd");
  }

  @ParameterizedTest
  @EnumSource
  void no_end_of_a_run_is_told_by_its_code(Ending ending) {
    assertThat(EndingWords.of(ending)).matches("[a-zJ ]+");
  }

  @ParameterizedTest
  @EnumSource
  void no_ending_is_told_by_its_code(VerdictKind kind) {
    assertThat(VerdictWords.state(kind)).matches("[A-Z][A-Za-z ]+");
  }

  @ParameterizedTest
  @EnumSource
  void no_cause_is_told_by_its_code(Cause cause) {
    boolean named = cause != Cause.NONE && cause != Cause.UNKNOWN;
    assertThat(VerdictWords.cause(cause)).matches(named ? "[A-Za-z -]+" : "");
  }
}
