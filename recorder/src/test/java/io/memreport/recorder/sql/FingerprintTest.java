// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private final Fingerprint fingerprint = new Fingerprint();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select 1                                  | select ?",
        "select  a,\\n\\tb from t                    | select a, b from t",
        "select a from t where b = 'it''s'         | select a from t where b = ?",
        "select -1.5e-3 + 0x1F                     | select -? + ?",
        "select x'CAFE', a1, t2.b3                 | select ?, a1, t2.b3",
        "select a -- the secret 42\\n from t        | select a from t",
        "select /* 'x' */ a from t;                | select a from t",
        "select * from t where id in (1, 2, 3)     | select * from t where id in (?)",
        "select * from t where id in (?,?,?)       | select * from t where id in (?)",
        "select * from t where id IN (-1, 'b')     | select * from t where id IN (?)",
        "select * from t where id in (select 1)    | select * from t where id in (select ?)",
        "insert into t values (1,'a'),(2,'b')      | insert into t values (?,?)",
        "insert into t values (1, 2), (3, 4), (5, 6) | insert into t values (?, ?)",
        "insert into t values (1), (now())         | insert into t values (?), (now())",
        "select ?1, :name, @at, $v                 | select ?1, :name, @at, $v",
        "select \"order\", [group], `key` from t   | select ?, [group], `key` from t",
        "select a from t where b = \"secret\"      | select a from t where b = ?",
        "insert into t values (\"secret\")         | insert into t values (?)",
        "select a from t where b like \"%s%\"      | select a from t where b like ?",
        "select $$it's$$, $q$ a $q$                | select ?, ?",
        "select e'its', 1                         | select ?, ?",
        "select 'unterminated secret               | select ?",
        "pragma cache_size=100000                  | pragma cache_size=?",
      })
  void takes_literals_out(String sql, String expected) {
    assertThat(fingerprint.read(unescape(sql), Dialect.SQLITE).text()).isEqualTo(expected);
  }

  @Test
  void reads_escapes_by_backslash_where_the_dialect_has_them() {
    assertThat(fingerprint.read("select 'it\\'s secret', a", Dialect.MYSQL).text())
        .isEqualTo("select ?, a");
  }

  @Test
  void is_the_same_for_texts_that_differ_in_literals_only() {
    long first =
        fingerprint.read("select a from t where b = 1 and c in (1,2)", Dialect.SQLITE).hash();
    long second =
        fingerprint.read("select a from t where b = 22 and c in (3)", Dialect.SQLITE).hash();
    long other =
        fingerprint.read("select a from t where b = 1 and d in (1,2)", Dialect.SQLITE).hash();
    assertThat(second).isEqualTo(first).isPositive();
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void is_bounded_for_a_text_without_end() {
    String text =
        fingerprint.read("select a" + ", column_name".repeat(100_000), Dialect.SQLITE).text();
    assertThat(text).hasSize(SqlBuffer.MAX_LENGTH + 1).endsWith("…");
  }

  private static String unescape(String sql) {
    return sql.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
  }
}
