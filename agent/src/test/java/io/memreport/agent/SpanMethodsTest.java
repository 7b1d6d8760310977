// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanMethodsTest {
  @AfterEach
  void none() {
    GatedNames.spans(null);
  }

  @Test
  void a_star_stands_for_any_characters_and_all_else_for_itself() {
    SpanMethods spans = SpanMethods.parse(" com.acme.*Job#run* ; Main#main");
    assertThat(spans.methods()).hasSize(2);
    assertThat("com.acme.night.ImportJob").matches(spans.methods().get(0).getKey());
    assertThat("com.acmeXImportJob").doesNotMatch(spans.methods().get(0).getKey());
    assertThat("com.acme.Jobs").doesNotMatch(spans.methods().get(0).getKey());
    assertThat("runAll").matches(spans.methods().get(0).getValue());
    assertThat("rerun").doesNotMatch(spans.methods().get(0).getValue());
    assertThat("main").matches(spans.methods().get(1).getValue());
  }

  @Test
  void their_classes_pass_the_gate_and_no_others() {
    GatedNames.spans(SpanMethods.parse("com.acme.Jobs#run*;Main#main").classes());
    assertThat(GatedNames.match("com/acme/Jobs")).isTrue();
    assertThat(GatedNames.match("Main")).isTrue();
    assertThat(GatedNames.match("com/acme/Jobs$Inner")).isFalse();
    assertThat(GatedNames.match("org/sqlite/JDBC")).isTrue();
  }

  @Test
  void without_any_the_gate_is_as_it_was() {
    assertThat(SpanMethods.parse("").classes()).isNull();
    assertThat(SpanMethods.parse(" ; ").methods()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.acme.Jobs", "com.acme.Jobs#", "#run", "*#run", "a b#c", "a#b(c)"})
  void what_names_no_class_and_method_is_not_understood(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SpanMethods.parse(text));
  }
}
