// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.Main --password hunter2",
        "app.Main --db.password=hunter2 --port 80",
        "app.Main -DapiKey=hunter2",
        "app.Main jdbc:postgresql://me:hunter2@host/db",
        "app.Main jdbc:mysql://host/db?user=me&password=hunter2",
        "app.Main --auth-token:hunter2",
        "app.Main AWS_SECRET_ACCESS_KEY=hunter2",
        "app.Main -H Authorization: Bearer hunter2"
      })
  void secretsAreCutOut(String command) {
    assertThat(CommandLine.withoutSecrets(command))
        .startsWith("app.Main")
        .doesNotContain("hunter2");
  }

  @Test
  void restStays() {
    String command = "app.Main --db orders.db --threads=4 https://host/path";
    assertThat(CommandLine.withoutSecrets(command)).isEqualTo(command);
  }

  @Test
  void lengthIsBounded() {
    assertThat(CommandLine.withoutSecrets("x".repeat(100_000))).hasSizeLessThan(2000);
  }
}
