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

  private static void fails() {
    throw new IllegalStateException("broken");
  }
}
