// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
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
        "select \"order\", [group], `key` from t   | select \"order\", [group], `key` from t",
        "select a from t where b = \"secret\"      | select a from t where b = ?",
        "insert into t values (\"secret\")         | insert into t values (?)",
        "select a from t where b like \"%s%\"      | select a from t where b like ?",
        "select $$it's$$, $q$ a $q$                | select ?, ?",
        "select e'it\\'s', 1                       | select ?, ?",
        "select 'unterminated secret               | select ?",
        "pragma cache_size=100000                  | pragma cache_size=?",
      })
  void takes_literals_out(String sql, String expected) {
    assertThat(fingerprint.read(unescape(sql), false).text()).isEqualTo(expected);
  }

  @Test
  void reads_escapes_by_backslash_where_the_dialect_has_them() {
    assertThat(fingerprint.read("select 'it\\'s secret', a", true).text()).isEqualTo("select ?, a");
  }

  @Test
  void is_the_same_for_texts_that_differ_in_literals_only() {
    long first = fingerprint.read("select a from t where b = 1 and c in (1,2)", false).hash();
    long second = fingerprint.read("select a from t where b = 22 and c in (3)", false).hash();
    long other = fingerprint.read("select a from t where b = 1 and d in (1,2)", false).hash();
    assertThat(second).isEqualTo(first).isPositive();
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void is_bounded_for_a_text_without_end() {
    String text = fingerprint.read("select a" + ", column_name".repeat(100_000), false).text();
    assertThat(text).hasSize(Fingerprint.MAX_LENGTH + 1).endsWith("…");
  }

  @Test
  void never_shows_a_quoted_secret_or_fails_whatever_surrounds_it() {
    Random random = new Random(20261120);
    String alphabet = "abIN()VALUES,'\"-/*$?:;=[]`1.x \n\\e";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder sql = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        sql.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      fingerprint.read(sql.toString(), random.nextBoolean());
      assertThat(fingerprint.text().length()).isLessThanOrEqualTo(sql.length() + 1);
    }
    assertThat(fingerprint.read("update t set a = 'hunter2' where b = 'x''hunter2'", false).text())
        .doesNotContain("hunter2");
  }

  private static String unescape(String sql) {
    return sql.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
  }
}
