// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadlineTest {
  private static final String KERNEL = "The kernel killed the JVM at 256 MiB: ";

  @Test
  void what_fits_is_said_as_it_is() {
    assertThat(Headline.of("", "OrderTest.saves()", "left 2.00 MiB of Java heap behind", 0))
        .isEqualTo("OrderTest.saves() left 2.00 MiB of Java heap behind.");
    assertThat(Headline.of("", "OrderTest.saves()", "left 2.00 MiB of Java heap behind", 3))
        .isEqualTo("OrderTest.saves() left 2.00 MiB of Java heap behind (+3 more).");
  }

  @Test
  void additions_go_first() {
    assertThat(
            Headline.of(
                "",
                "ForgottenServerTest.is_forgotten()",
                "kept a PostgreSQL server running for 4.27 s after its end (process 3430 with 5 of"
                    + " its own, 8.20 MiB)",
                1))
        .isEqualTo(
            "ForgottenServerTest.is_forgotten() kept a PostgreSQL server running (+1 more).");
  }

  @Test
  void then_the_class_goes() {
    assertThat(
            Headline.of(
                KERNEL,
                "ImportOfAllCustomersTest.remembers_every_one()",
                "held 166 MiB of Java heap",
                0))
        .isEqualTo(
            "The kernel killed the JVM at 256 MiB: remembers_every_one() held 166 MiB of Java heap.");
  }

  @Test
  void of_a_sentence_the_clauses_that_do_not_fit_go() {
    String ranOut = "Shared memory ran out, not the disk: 32 of 32 System V ids were taken";
    assertThat(Headline.cut(ranOut + ".")).isEqualTo(ranOut + ".");
    assertThat(Headline.cut(ranOut + "; 20 are orphans; 3 tests were refused."))
        .isEqualTo(ranOut + "; 20 are orphans.");
    assertThat(Headline.cut(ranOut + ", 20 of them by orphans, 2 by servers that were left."))
        .isEqualTo(ranOut + ".");
    assertThat(Headline.cut("It was full: " + "x".repeat(90))).isEqualTo("It was full.");
    assertThat(Headline.cut("x".repeat(90))).hasSize(Headline.LONGEST).endsWith("…");
  }

  @Test
  void then_the_name_is_cut_but_not_to_nothing() {
    String said = Headline.of(KERNEL, "ATest." + "long_name_".repeat(9) + "()", "held 166 MiB", 0);
    assertThat(said).hasSizeLessThanOrEqualTo(Headline.LONGEST).contains("long_name_", "… held");
    assertThat(Headline.of(KERNEL.repeat(3), "A.b()", "held", 0)).hasSize(Headline.LONGEST);
  }
}
