// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tests are called. */
class NamesTest {
  @Test
  void a_long_name_is_cut_in_sentences_and_whole_for_a_culprit() {
    TestResult test = test("shop.OrderTest", null, "x".repeat(500));
    assertThat(Names.test(test)).hasSize(121).startsWith("OrderTest.xxx").endsWith("x…");
    assertThat(Names.culprit(test, 1L).name()).hasSize("OrderTest.".length() + 500);
    assertThat(Names.taking(Names.culprit(test, 1L))).hasSizeLessThan(150);
  }

  @Test
  void is_cut_between_characters() {
    assertThat(Names.shown("ab\uD83D\uDE00c", 3)).isEqualTo("ab…");
    assertThat(Names.shown("ab\uD83D\uDE00c", 4)).isEqualTo("ab\uD83D\uDE00…");
    assertThat(Names.shown("abcd", 4)).isEqualTo("abcd");
  }

  @Test
  void a_test_without_class_or_name_is_called_what_is_known() {
    assertThat(Names.test(test(null, null, null))).isEqualTo("t-1");
    assertThat(Names.test(test("shop.OrderTest", "saves", null))).isEqualTo("OrderTest.saves()");
    assertThat(Names.test(test(null, null, "a scenario"))).isEqualTo("a scenario");
    assertThat(Names.sql((String) null)).isEqualTo("(its text was lost)");
  }

  @Test
  void no_name_says_its_method_twice() {
    assertThat(Names.test(test("shop.OrderTest", "adds", "[1] 5")))
        .isEqualTo("OrderTest.adds [1] 5");
    assertThat(Names.test(test("shop.OrderTest", "adds", "adds[1]")))
        .isEqualTo("OrderTest.adds[1]");
    assertThat(Names.test(test("shop.OrderSpec", "$spock_feature_0_1", "adds an order")))
        .isEqualTo("OrderSpec.adds an order");
    assertThat(spec("reads #n rows of #order.size()", "reads 200 rows of 3"))
        .isEqualTo("OrderSpec.reads 200 rows of 3");
    assertThat(spec("#n rows", "200 rows")).isEqualTo("OrderSpec.200 rows");
    assertThat(spec("reads rows", "reads rows [n: 200, #0]"))
        .isEqualTo("OrderSpec.reads rows [n: 200, #0]");
    assertThat(spec("reads #n rows", "200 of them"))
        .isEqualTo("OrderSpec.reads #n rows 200 of them");
    assertThat(spec("reads #n rows", "reads them")).isEqualTo("OrderSpec.reads #n rows reads them");
  }

  private static String spec(String feature, String name) {
    return Names.test(test("shop.OrderSpec", feature, name));
  }

  private static TestResult test(String className, String method, String display) {
    return new TestResult(
        "t-1",
        "run",
        TestKind.TEST,
        className,
        method,
        display,
        TestStatus.PASSED,
        Instant.EPOCH,
        1L,
        1,
        new HeapUse(null, null),
        new NativeUse(null, null, null),
        new SharedUse(null, null, null),
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
