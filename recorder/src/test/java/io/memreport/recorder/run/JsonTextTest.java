// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void writesNestedObjects() {
    String json =
        new JsonText()
            .open(null)
            .field("text", "a")
            .open("inner")
            .field("number", 1L)
            .field("none", (Long) null)
            .close()
            .close()
            .toString();
    assertThat(json)
        .isEqualTo(
            """
            {
              "text": "a",
              "inner": {
                "number": 1,
                "none": null
              }
            }
            """);
  }

  @Test
  void escapesWhatEndsAStringOrIsNoCharacter() {
    String json = new JsonText().open(null).field("k", "\"\\\n\u0000\ud800é").close().toString();
    assertThat(json).contains("\"\\\"\\\\\\u000a\\u0000\\ud800é\"");
  }
}
