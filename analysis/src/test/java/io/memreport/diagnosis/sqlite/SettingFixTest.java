// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Fix.Snippet;
import io.memreport.model.verdict.FixKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingFixTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:sqlite:a.db, jdbc:sqlite:a.db?cache_size=-2000",
    "jdbc:sqlite:a.db?, jdbc:sqlite:a.db?cache_size=-2000",
    "jdbc:sqlite:a.db?x=1, jdbc:sqlite:a.db?x=1&cache_size=-2000",
    "jdbc:sqlite:a.db?x=1&, jdbc:sqlite:a.db?x=1&cache_size=-2000",
    "jdbc:sqlite:a.db?cache_size=9, jdbc:sqlite:a.db?cache_size=-2000",
    "jdbc:sqlite:a.db?x=1&CACHE_SIZE=9&y=2, jdbc:sqlite:a.db?x=1&cache_size=-2000&y=2",
    "jdbc:sqlite:a.db?my_cache_size=9, jdbc:sqlite:a.db?my_cache_size=9&cache_size=-2000",
    "jdbc:sqlite:$1.db?cache_size=9, jdbc:sqlite:$1.db?cache_size=-2000",
  })
  void the_user_s_own_url_has_the_setting_once(String url, String expected) {
    assertThat(SettingFix.with(url, "cache_size", "-2000")).isEqualTo(expected);
  }

  @Test
  void each_way_to_set_it_is_there() {
    Fix fix = SettingFix.example("temp_store", "FILE");
    assertThat(fix.kind()).isEqualTo(FixKind.SQLITE_SETTING);
    assertThat(fix.settings()).containsExactly(new Fix.Setting("temp_store", null, "FILE"));
    assertThat(fix.snippets())
        .containsExactly(
            new Snippet("JDBC URL", "jdbc:sqlite:file.db?temp_store=FILE"),
            new Snippet("PRAGMA", "PRAGMA temp_store=FILE;"),
            new Snippet("SQLiteConfig", "config.setTempStore(SQLiteConfig.TempStore.FILE);"),
            new Snippet("HikariCP", "config.addDataSourceProperty(\"temp_store\", \"FILE\");"),
            new Snippet(
                "Spring Boot", "spring.datasource.hikari.data-source-properties.temp_store=FILE"));
  }

  @ParameterizedTest
  @CsvSource({
    "cache_size, -16000, config.setCacheSize(-16000);",
    "journal_size_limit, 64, config.setJournalSizeLimit(64);",
    "mmap_size, 0, 'config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, \"0\");'",
  })
  void the_driver_s_configuration_has_a_call_for_it(String name, String value, String call) {
    assertThat(SettingFix.example(name, value).snippets().get(2).text()).isEqualTo(call);
  }
}
