// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ThrownTest {
  private static final String TOLD = "java.lang.OutOfMemoryError: Java heap space";

  @Test
  void an_error_of_memory_is_told_wherever_among_the_causes_it_is() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    assertThat(Thrown.name(error)).isEqualTo(TOLD);
    assertThat(Thrown.name(new ExecutionException("secret", new IllegalStateException(error))))
        .isEqualTo(TOLD);
  }

  /** From JDK 17 on what an initialiser threw is kept as text. */
  @Test
  void an_error_of_memory_in_a_class_s_initialiser_is_known_by_the_jvm_s_text() {
    Error later = new NoClassDefFoundError("Could not initialize class shop.Cart");
    later.initCause(
        new ExceptionInInitializerError(
            "Exception java.lang.OutOfMemoryError: Java heap space [in thread \"main\"]"));
    assertThat(Thrown.name(later)).isEqualTo(TOLD);
    assertThat(
            Thrown.name(
                new ExceptionInInitializerError(
                    "Exception java.lang.OutOfMemoryError: Java heap space")))
        .isEqualTo(TOLD);
  }

  @Test
  void of_anything_else_the_class_is_told_and_no_message() {
    assertThat(Thrown.name(new IllegalStateException("secret")))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(Thrown.name(new Exception("Exception java.lang.OutOfMemoryError: mine")))
        .isEqualTo("java.lang.Exception");
  }

  @Test
  void causes_that_lead_in_a_circle_end() {
    Exception one = new Exception();
    Exception two = new Exception(one);
    one.initCause(two);
    assertThat(Thrown.name(one)).isEqualTo("java.lang.Exception");
  }
}
