// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.growth.NativeMemoryRetained;
import io.memreport.diagnosis.rule.FindingKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads the id of a finding knows where its rule is. */
class RuleRoomsTest {
  @ParameterizedTest
  @MethodSource("io.memreport.diagnosis.Rules#kinds")
  void the_package_of_a_rule_is_the_prefix_of_its_id(FindingKind rule) {
    String id = rule.id();
    String room = Diagnosis.class.getPackageName() + "." + id.substring(0, id.indexOf('.'));
    // No package can be called native.
    if (!(rule instanceof NativeMemoryRetained)) {
      assertThat(rule.getClass().getPackageName() + ".").startsWith(room + ".");
    }
  }
}
