// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must not stay of a text, and what must, in each dialect. */
class SecretsTest {
  private static final String SECRET = "hunter2";

  private final Fingerprint fingerprint = new Fingerprint();

  /** A line of the lists: dialects, the text, and what is expected of it, if that is given. */
  private record Line(List<Dialect> dialects, String sql, String expected) {}

  @Test
  void no_secret_stays_wherever_it_stands() throws IOException {
    List<String> leaks = new ArrayList<>();
    for (Line line : lines("secrets.txt")) {
      for (Dialect dialect : line.dialects()) {
        String text = fingerprint.read(line.sql(), dialect).text();
        if (text.toLowerCase(Locale.ROOT).contains(SECRET)) {
          leaks.add(dialect + ": " + line.sql() + " -> " + text);
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  @Test
  void ordinary_statements_stay_readable() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Line line : lines("kept.txt")) {
      for (Dialect dialect : line.dialects()) {
        String text = fingerprint.read(line.sql(), dialect).text();
        if (!text.equals(line.expected())) {
          wrong.add(dialect + ": " + line.sql() + " -> " + text);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Statements put together at random, with a secret in every place of a literal. */
  @Test
  void no_secret_stays_however_statements_are_put_together() {
    Random random = new Random(20261126);
    String[] before = {
      "",
      ";",
      "select 1;",
      "explain ",
      "explain query plan ",
      "/* x */",
      "-- x\n",
      "  ",
      "(",
      "begin;"
    };
    String[] statements = {
      "select a from t where b = %s",
      "select %s, c from \"t\" where d in (%s, %s)",
      "insert into t(a, \"b\") values (%s, %s), (%s, %s)",
      "update \"t\" set \"a\" = %s, b = lower(%s) where c like %s",
      "delete from t where a = %s or b between %s and %s",
      "pragma key = %s",
      "pragma \"main\".\"key\"(%s)",
      "attach %s as x key %s",
      "create table t(a text default %s)",
      "with q as (select %s) select * from q",
      "call p(%s, %s)",
      "exec p %s, %s",
      "set x = %s"
    };
    String[] literals = {
      "'hunter2'",
      "'it''s hunter2'",
      "x'hunter2'",
      "n'hunter2'",
      "'hunter2'/* hunter2 */",
      "'hunter2' -- hunter2\n",
      "q'[it's hunter2]'",
      "'a' 'hunter2'",
      "'\\\\', 'hunter2'"
    };
    for (int round = 0; round < 20_000; round++) {
      StringBuilder sql = new StringBuilder(before[random.nextInt(before.length)]);
      for (char c : statements[random.nextInt(statements.length)].toCharArray()) {
        sql.append(random.nextInt(8) == 0 && c == ' ' ? "\n\t" : String.valueOf(c));
      }
      for (int at = sql.indexOf("%s"); at >= 0; at = sql.indexOf("%s")) {
        sql.replace(at, at + 2, literals[random.nextInt(literals.length)]);
      }
      for (Dialect dialect : Dialect.values()) {
        assertThat(fingerprint.read(sql.toString(), dialect).text())
            .as("%s in %s", sql, dialect)
            .doesNotContain(SECRET);
      }
    }
  }

  /** Whatever is read, it ends, is no longer than the text, and says the same again. */
  @Test
  void reads_anything() {
    Random random = new Random(20261127);
    String alphabet = "abIN()VALUES,'\"-/*$?:;=[]`1.x \n\\e#{}|q\ud83d\u2019";
    for (int round = 0; round < 40_000; round++) {
      StringBuilder sql = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        sql.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      for (Dialect dialect : Dialect.values()) {
        String text = fingerprint.read(sql.toString(), dialect).text();
        assertThat(text.length()).isLessThanOrEqualTo(sql.length() + 2);
        long hash = fingerprint.hash();
        assertThat(fingerprint.read(sql.toString(), dialect).hash()).isEqualTo(hash);
      }
    }
  }

  private static List<Line> lines(String list) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (InputStream in = SecretsTest.class.getResourceAsStream(list)) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : all.split("\n")) {
        if (!line.startsWith("#") && !line.isBlank()) {
          String[] parts = line.split(" \\| ", 3);
          boolean kept = list.startsWith("kept");
          String sql = kept ? parts[1] : line.substring(line.indexOf(" | ") + 3);
          lines.add(new Line(dialects(parts[0].strip()), unescape(sql), kept ? parts[2] : null));
        }
      }
    }
    assertThat(lines).hasSizeGreaterThan(40);
    return lines;
  }

  private static List<Dialect> dialects(String names) {
    return names.equals("*")
        ? List.of(Dialect.values())
        : Arrays.stream(names.split(",")).map(Dialect::valueOf).toList();
  }

  private static String unescape(String sql) {
    return sql.replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\r", "\r")
        .replace("\\0", "\0")
        .replace("\\\\", "\\");
  }
}
