// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import static io.memreport.diagnosis.sqlite.ServiceCase.GIB;
import static io.memreport.diagnosis.sqlite.ServiceCase.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.SqliteRules;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.cache.CacheTimesPool;
import io.memreport.diagnosis.sqlite.cache.SchemaTimesPool;
import io.memreport.diagnosis.sqlite.cache.SmallCacheOnLargeHost;
import io.memreport.diagnosis.sqlite.memory.ArenasMultiply;
import io.memreport.diagnosis.sqlite.memory.FileCacheInCgroup;
import io.memreport.diagnosis.sqlite.memory.KeptByMalloc;
import io.memreport.diagnosis.sqlite.memory.MappedDatabase;
import io.memreport.diagnosis.sqlite.memory.UnexplainedMemory;
import io.memreport.diagnosis.sqlite.setting.OldDriver;
import io.memreport.diagnosis.sqlite.statement.CancelledQueryKept;
import io.memreport.diagnosis.sqlite.statement.LongQuery;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules that take a large machine, a long time or an old driver to be tripped by a real program.
 */
class SqliteRulesTest {
  private final ServiceCase service = new ServiceCase();

  @Test
  void an_ordinary_service_is_not_blamed() {
    for (SettingRule rule : SqliteRules.ALL) {
      assertThat(rule.examine(service.facts())).as(rule.id()).isEmpty();
    }
  }

  @Test
  void each_rule_has_an_id_of_its_own() {
    assertThat(new HashSet<>(SqliteRules.ALL.stream().map(SettingRule::id).toList()))
        .hasSize(SqliteRules.ALL.size());
  }

  @Test
  void caches_of_a_pool_are_added_up() {
    service.connections = 20;
    service.database = 10 * GIB;
    service.set("cache_size", "-512000");
    Finding found = one(new CacheTimesPool());
    assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(found.title()).isEqualTo("20 caches of 520 MiB may take 10.2 GiB");
    assertThat(found.advice()).contains("cache_size=-");
    service.database = 10 * MIB;
    assertThat(new CacheTimesPool().examine(service.facts())).isEmpty();
  }

  @Test
  void of_one_connection_the_only_cache_is_told() {
    service.connections = 1;
    service.database = 10 * GIB;
    service.set("cache_size", "-4096000");
    Finding found = one(new CacheTimesPool());
    assertThat(found.title()).isEqualTo("A page cache may take 4.06 GiB");
    assertThat(found.evidence()).startsWith("One connection to ");
    assertThat(found.advice()).contains("the cache would then take");
  }

  @Test
  void a_long_query_is_named() {
    service.maxNanos = 30_000_000_000L;
    assertThat(one(new LongQuery()).title()).isEqualTo("A query ran for 30.0 s");
    service.maxNanos--;
    assertThat(new LongQuery().examine(service.facts())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.39.2", "3.34.0", "3.8.11", "2.9"})
  void old_drivers_are_named(String version) {
    service.set("library_version", version);
    assertThat(one(new OldDriver()).title()).contains(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.39.3", "3.40.0", "4.0", "unknown"})
  void others_are_not(String version) {
    service.set("library_version", version);
    assertThat(new OldDriver().examine(service.facts())).isEmpty();
  }

  @Test
  void a_large_host_may_have_a_larger_cache() {
    service.machine = 64 * GIB;
    service.database = GIB;
    assertThat(one(new SmallCacheOnLargeHost()).severity()).isEqualTo(Severity.INFO);
    service.set("cache_size", "-262144");
    assertThat(new SmallCacheOnLargeHost().examine(service.facts())).isEmpty();
  }

  @Test
  void a_schema_is_held_once_for_each_connection() {
    service.schema = 8 * MIB;
    assertThat(one(new SchemaTimesPool()).title())
        .isEqualTo("The schema takes 8.00 MiB on each connection");
    service.schema--;
    assertThat(new SchemaTimesPool().examine(service.facts())).isEmpty();
  }

  @Test
  void mapped_files_are_told_apart() {
    service.set("mmap_size", "1000000000");
    service.rssFile = 256 * MIB;
    service.pssFile = 128 * MIB;
    assertThat(one(new MappedDatabase()).severity()).isEqualTo(Severity.INFO);
    service.pssFile++;
    assertThat(new MappedDatabase().examine(service.facts())).isEmpty();
  }

  @Test
  void cached_files_of_the_cgroup_are_told_apart() {
    service.cgroup = ServiceCase.cgroup(GIB, 2 * GIB, 600 * MIB);
    assertThat(one(new FileCacheInCgroup()).severity()).isEqualTo(Severity.INFO);
    service.cgroup = ServiceCase.cgroup(GIB, 4 * GIB, 600 * MIB);
    assertThat(new FileCacheInCgroup().examine(service.facts())).isEmpty();
  }

  @Test
  void arenas_keep_more_than_was_ever_held() {
    service.rss = GIB;
    service.arenaFree = 140 * MIB;
    service.highestSqlite = 100 * MIB;
    assertThat(one(new ArenasMultiply()).title())
        .isEqualTo("malloc keeps 140 MiB, more than SQLite ever held at once");
    assertThat(one(new KeptByMalloc()).advice()).contains("A trim would leave 884 MiB resident");
    service.highestSqlite = 110 * MIB;
    assertThat(new ArenasMultiply().examine(service.facts())).isEmpty();
  }

  @Test
  void what_a_cancelled_query_freed_is_kept() {
    service.cancelled = 1;
    service.peak = 100 * MIB;
    service.arenaFree = 60 * MIB;
    assertThat(one(new CancelledQueryKept()).title())
        .isEqualTo("A cancelled query freed 100 MiB that malloc did not return to the system");
    service.arenaFree = 40 * MIB;
    assertThat(new CancelledQueryKept().examine(service.facts())).isEmpty();
    service.arenaFree = 60 * MIB;
    service.cancelled = 0;
    assertThat(new CancelledQueryKept().examine(service.facts())).isEmpty();
  }

  @Test
  void memory_without_an_owner_is_named() {
    service.working = 16 * MIB;
    assertThat(one(new UnexplainedMemory()).title())
        .isEqualTo("16.0 MiB of a connection have no owner");
    service.working--;
    assertThat(new UnexplainedMemory().examine(service.facts())).isEmpty();
  }

  @Test
  void what_malloc_kept_is_not_guessed() {
    assertThat(new KeptByMalloc().undecided(service.facts()).get(0)).contains("glibc 2.33");
  }

  private Finding one(SettingRule rule) {
    List<Finding> found = rule.examine(service.facts());
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
