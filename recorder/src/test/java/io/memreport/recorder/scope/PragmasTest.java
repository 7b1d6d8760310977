// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The value of a PRAGMA may be a password. */
class PragmasTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pragma key = hunter2|pragma key = ?",
        "PRAGMA main.rekey(hunter2)|PRAGMA main.rekey(?)",
        "pragma hexkey=cafe; pragma cache_size=-2000|pragma hexkey=?; pragma cache_size=-2000",
        "pragma journal_mode=wal|pragma journal_mode=wal",
        "pragma aux.cache_size|pragma aux.cache_size",
        "select key = hunter2 from t|select key = hunter2 from t"
      })
  void only_settings_without_secrets_keep_their_value(String sql, String recorded) {
    assertThat(Pragmas.withoutSecret(sql)).isEqualTo(recorded);
  }
}
