// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassHistogramTest {
  private static final String BEFORE =
      """
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:             3            300  [B (java.base@17.0.1)
         2:             2            200  [[J (java.base@17.0.1)
         3:             1            100  shop.Cart
         4:             1             16  shop.Gone
      Total             7            616
      """;
  private static final String AFTER =
      """
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:             9            900  [B (java.base@17.0.1)
         2:             2            200  [[J (java.base@17.0.1)
         3:             4            400  [Ljava.lang.String; (java.base@17.0.1)
         4:             1             40  shop.Cart
      Total            16           1540
      """;

  @Test
  void growth_is_by_class_as_source_code_names_it() {
    Map<String, Long> growth = ClassHistogram.parse(AFTER).since(ClassHistogram.parse(BEFORE));
    assertThat(growth)
        .containsOnly(
            Map.entry("byte[]", 600L),
            Map.entry("java.lang.String[]", 400L),
            Map.entry("shop.Cart", -60L),
            Map.entry("shop.Gone", -16L));
  }

  @Test
  void arrays_of_arrays_and_of_each_primitive_have_their_names() {
    ClassHistogram all =
        ClassHistogram.parse(
            "1: 1 1 [[[Lshop.Cart;\n2: 1 1 [C\n3: 1 1 [D\n4: 1 1 [F\n5: 1 1 [I\n6: 1 1 [[J\n7: 1 1 [S\n8: 1 1 [Z");
    assertThat(all.since(ClassHistogram.parse("1: 1 1 other")))
        .containsKeys(
            "shop.Cart[][][]",
            "char[]",
            "double[]",
            "float[]",
            "int[]",
            "long[][]",
            "short[]",
            "boolean[]");
  }

  @Test
  void the_address_of_a_hidden_class_is_no_part_of_its_name() {
    ClassHistogram later =
        ClassHistogram.parse("1: 1 10 shop.Cart$$Lambda/0x01\n2: 1 20 shop.Cart$$Lambda/0x02");
    assertThat(later.since(ClassHistogram.parse("1: 1 1 other")))
        .containsEntry("shop.Cart$$Lambda", 30L);
  }

  @Test
  void what_is_no_histogram_is_unknown() {
    assertThat(ClassHistogram.parse("")).isNull();
    assertThat(ClassHistogram.parse("Total 7 616")).isNull();
    assertThat(ClassHistogram.parse("1: some words here")).isNull();
  }

  @Test
  void all_objects_add_up_but_for_what_fills_the_gaps_between_them() {
    assertThat(
            ClassHistogram.total(
                "1: 1 100 [B\n2: 9 900 [Ljdk.internal.vm.FillerElement; (java.base@25)\n"
                    + "3: 1 16 jdk.internal.vm.FillerObject (java.base@25)\n4: 1 24 shop.Cart"))
        .isEqualTo(124);
    assertThat(ClassHistogram.total((String) null)).isEqualTo(-1);
    assertThat(ClassHistogram.total("Total 7 616")).isEqualTo(-1);
    assertThat(ClassHistogram.parse(null)).isNull();
  }

  @Test
  void this_jvm_counts_what_it_holds() {
    ClassHistogram before = ClassHistogram.read();
    long[][] held = new long[7][100_000];
    Map<String, Long> growth = ClassHistogram.read().since(before);
    assertThat(growth.get("long[]")).isBetween(7 * 800_000L, 2 * 7 * 800_000L);
    assertThat(held).hasNumberOfRows(7);
  }
}
