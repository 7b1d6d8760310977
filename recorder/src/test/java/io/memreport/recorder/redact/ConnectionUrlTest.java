// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionUrlTest {
  @Test
  void keeps_driver_hosts_database_and_what_is_harmless() throws IOException {
    List<String> wrong = new ArrayList<>();
    int lines = 0;
    try (InputStream in = getClass().getResourceAsStream("urls.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("#")) {
          continue;
        }
        lines++;
        String[] parts = line.split(" => ");
        String kept = ConnectionUrl.withoutSecrets(parts[0]);
        if (!kept.equals(parts[1])) {
          wrong.add(parts[0] + " -> " + kept);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).isGreaterThan(70);
  }

  /** A password that holds what separates: nothing of it stays, whatever the driver makes of it. */
  @Test
  void nothing_stays_of_a_password_that_holds_separators() {
    String[] urls = {
      "jdbc:postgresql://u:%s@db:5432/shop",
      "jdbc:mysql://u:%s@a,b/shop?useSSL=true",
      "jdbc:oracle:thin:u/%s@//db:1521/svc",
      "jdbc:oracle:thin:u/%s@db:1521:sid",
      "jdbc:sqlserver://db;password={%s};encrypt=true",
      "jdbc:postgresql://db/shop?password=%s",
      "jdbc:sqlite:shop.db?key=%s",
    };
    Random random = new Random(20261126);
    String separators = "@/?;:,&=()[]\\ ";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder password = new StringBuilder("hunter2");
      for (int i = random.nextInt(4); i >= 0; i--) {
        password.insert(0, separators.charAt(random.nextInt(separators.length())));
        password.insert(0, "x7");
      }
      String url = urls[random.nextInt(urls.length)].formatted(password);
      assertThat(ConnectionUrl.withoutSecrets(url)).as(url).doesNotContain("hunter2");
    }
  }

  @Test
  void is_bounded() {
    assertThat(ConnectionUrl.withoutSecrets("jdbc:sqlite:" + "a".repeat(10_000)))
        .hasSize(513)
        .endsWith("…");
    assertThat(ConnectionUrl.withoutSecrets(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:sqlite:, true",
    "jdbc:sqlite::memory:, true",
    "jdbc:sqlite:file:a?mode=memory&cache=shared, true",
    "jdbc:sqlite:orders.db, false",
    "jdbc:h2:mem:a?mode=memory, false",
    ", false",
  })
  void tells_databases_in_memory_by_the_url(String url, boolean inMemory) {
    assertThat(ConnectionUrl.isInMemory(url)).isEqualTo(inMemory);
  }
}
