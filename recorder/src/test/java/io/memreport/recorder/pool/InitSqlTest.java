// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitSqlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "PRAGMA cache_size=-2000 | PRAGMA cache_size = -2000",
        "pragma main.cache_size(-2000); | PRAGMA main.cache_size = -2000",
        "PRAGMA journal_mode = 'WAL' | PRAGMA journal_mode = WAL",
        "/* why */ PRAGMA temp_store=2 -- so; there | PRAGMA temp_store = 2",
        "PRAGMA optimize | PRAGMA optimize",
        "PRAGMA key = hunter2 | PRAGMA key = ?",
        "PRAGMA key='hunter2' | PRAGMA key = ?",
        "PRAGMA \"key\"='hunter2' | PRAGMA ?",
        "PRAGMA cache_size = hunter2 or not | PRAGMA cache_size = ?",
        "select 'a;b', \"c;d\", [e;f] | select ?, ?, ?",
      })
  void keeps_the_values_of_known_pragmas_only(String sql, String recorded) {
    assertThat(InitSql.of(List.of(sql))).isEqualTo(new InitSql(recorded, 1));
  }

  @Test
  void counts_the_statements_of_the_longest_text() {
    assertThat(InitSql.of(List.of("PRAGMA temp_store=2;;", "select 1; select 2; --")))
        .isEqualTo(new InitSql("PRAGMA temp_store = 2; select ?; select ?", 2));
  }

  @Test
  void knows_when_there_is_none() {
    assertThat(InitSql.of(Arrays.asList(null, " "))).isEqualTo(InitSql.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set x = 'it\\'s; hunter2 '",
        "select $$hunter2; hunter2$$",
        "create temp trigger t insert on a begin select 1; select 'hunter2'; end"
      })
  void leaves_open_what_depends_on_the_dialect(String sql) {
    InitSql read = InitSql.of(List.of(sql));
    assertThat(read.statements()).isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(read.text()).doesNotContain("hunter2");
  }
}
