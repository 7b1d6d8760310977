// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memreport.recorder.scope.Recorded;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void what_a_part_throws_is_noted_once_and_reaches_nobody() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Failure.notedIn("A part", FailureTest::fails);
              Failure.notedIn("A part", FailureTest::fails);
              Failure.notedIn("A part", null);
            });
    assertThat(recorded.named("memreport.Note"))
        .singleElement()
        .satisfies(
            note ->
                assertThat(note.getString("text"))
                    .isEqualTo(
                        "A part failed, figures may be incomplete:"
                            + " java.lang.IllegalStateException: broken"));
  }

  @Test
  void what_goes_wrong_with_the_jvm_is_the_applications_too() {
    assertThatThrownBy(
            () ->
                Failure.notedIn(
                    "Another part",
                    () -> {
                      throw new OutOfMemoryError();
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void an_error_of_the_jvm_that_suppressed_itself_is_no_failure_of_ours() {
    OutOfMemoryError error = new OutOfMemoryError();
    IllegalArgumentException suppressed = new IllegalArgumentException("self-suppression", error);
    assertThat(Failure.isOfJvm(suppressed)).isTrue();
    assertThat(Failure.isOfJvm(error)).isTrue();
    assertThat(Failure.isOfJvm(new IllegalArgumentException(new IllegalStateException())))
        .isFalse();
    IllegalStateException one = new IllegalStateException();
    one.initCause(new IllegalStateException(one));
    assertThat(Failure.isOfJvm(one)).as("causes of each other").isFalse();
  }

  private static void fails() {
    throw new IllegalStateException("broken");
  }
}
