// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatedNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/sqlite/core/NativeDB",
        "org/h2/jdbc/JdbcStatement",
        "com/mysql/cj/jdbc/StatementImpl",
        "io/trino/jdbc/TrinoStatement",
        "org/junit/platform/launcher/core/ExecutionListenerAdapter",
        "com/zaxxer/hikari/pool/ProxyConnection",
        "io/agroal/pool/wrapper/ConnectionWrapper"
      })
  void driversTestEnginesAndPoolsPass(String name) {
    assertThat(GatedNames.match(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "java/lang/String",
        "org/sqlite",
        "com/example/org/h2/X",
        "io/memreport/X",
        "io/agroal/pool/ConnectionPool$ReapTask",
        "com/zaxxer/hikari/pool/HikariProxyConnection"
      })
  void othersDoNot(String name) {
    assertThat(GatedNames.match(name)).isFalse();
  }
}
