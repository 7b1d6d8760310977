// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import static io.memreport.diagnosis.sqlite.ServiceCase.GIB;
import static io.memreport.diagnosis.sqlite.ServiceCase.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.SqliteRules;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.cache.AttachedCaches;
import io.memreport.diagnosis.sqlite.cache.CacheBeyondUse;
import io.memreport.diagnosis.sqlite.cache.CacheSpillOff;
import io.memreport.diagnosis.sqlite.cache.CacheTimesPool;
import io.memreport.diagnosis.sqlite.cache.SharedCache;
import io.memreport.diagnosis.sqlite.memory.HeapLimitNotEnforced;
import io.memreport.diagnosis.sqlite.memory.MappedOnNetwork;
import io.memreport.diagnosis.sqlite.memory.WorkerThreads;
import io.memreport.diagnosis.sqlite.setting.ParameterInFileName;
import io.memreport.diagnosis.sqlite.sort.SorterFollowsCache;
import io.memreport.diagnosis.sqlite.sort.TempTableKept;
import io.memreport.diagnosis.sqlite.sort.TemporaryFilesInMemory;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about settings at their thresholds, just below, and where what they look for is gone. */
class SettingThresholdsTest {
  private final ServiceCase service = new ServiceCase();

  @Test
  void a_limit_that_is_not_enforced_is_named_with_what_the_pragma_answers() {
    service.set("heap_limits_enforced", "no").set("soft_heap_limit", "50000000");
    Finding found = one(new HeapLimitNotEnforced());
    assertThat(found.title()).isEqualTo("A heap limit of 47.7 MiB is set, and not enforced");
    assertThat(found.evidence())
        .contains("soft_heap_limit answers 50000000")
        .doesNotContain("hard");
    service.set("hard_heap_limit", "60000000");
    assertThat(one(new HeapLimitNotEnforced()).evidence()).contains("hard_heap_limit answers");
    service.set("soft_heap_limit", "0");
    assertThat(one(new HeapLimitNotEnforced()).title()).contains("57.2 MiB");
    service.set("hard_heap_limit", "0");
    none(new HeapLimitNotEnforced());
    service.set("hard_heap_limit", "60000000").set("heap_limits_enforced", "yes");
    none(new HeapLimitNotEnforced());
  }

  @Test
  void connections_count_that_were_open_at_once() {
    service.connections = 20;
    service.database = 10 * GIB;
    service.set("cache_size", "-512000");
    service.closedAt = Instant.parse("2026-01-01T12:00:00Z");
    none(new CacheTimesPool());
    service.closedAt = null;
    assertThat(one(new CacheTimesPool()).title()).startsWith("20 caches");
    service.set("file", "");
    none(new CacheTimesPool());
  }

  @Test
  void sorts_that_spill_to_tmpfs_stay_in_memory() {
    service.set("temp_directory", "/dev/shm").set("temp_filesystem", "tmpfs");
    service.sorts = 1L;
    service.peak = 2000 * 1024;
    service.database = 16 * MIB;
    service.cgroup = ServiceCase.cgroup(GIB, 2 * GIB, 600 * MIB);
    Finding found = one(new TemporaryFilesInMemory());
    assertThat(found.evidence()).contains("/dev/shm").contains("1.95 MiB is its bound");
    service.peak--;
    none(new TemporaryFilesInMemory());
    service.peak++;
    service.database--;
    none(new TemporaryFilesInMemory());
    service.database++;
    service.sorts = 0L;
    none(new TemporaryFilesInMemory());
    service.sorts = 1L;
    service.set("temp_store", "2");
    none(new TemporaryFilesInMemory());
    service.set("temp_store", "0").set("temp_filesystem", "ext4");
    none(new TemporaryFilesInMemory());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs4", "cifs", "fuse.sshfs", "9p"})
  void a_database_is_not_to_be_mapped_from_a_network(String type) {
    service.set("file_system", type).set("mmap_size", "268435456");
    Finding found = one(new MappedOnNetwork());
    assertThat(found.severity()).isEqualTo(Severity.WARNING);
    assertThat(found.evidence()).contains("mmap_size is 256 MiB").contains(type);
    service.set("mmap_size", "0");
    none(new MappedOnNetwork());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "overlay", "tmpfs", "fusectl"})
  void a_local_disk_may_be_mapped(String type) {
    service.set("file_system", type).set("mmap_size", "268435456");
    none(new MappedOnNetwork());
  }

  @Test
  void a_cache_counts_as_far_as_its_database_fills_it() {
    service.machine = 512 * GIB;
    service.set("cache_size", "-2000000");
    service.database = GIB;
    Finding found = one(new CacheBeyondUse());
    assertThat(found.advice()).contains("at most 266 MiB instead of 1.07 GiB");
    service.database = 900 * MIB;
    none(new CacheBeyondUse());
    service.database = GIB;
    service.set("cache_size", "-1000000");
    none(new CacheBeyondUse());
  }

  @Test
  void a_counter_that_may_have_wrapped_is_no_proof() {
    service.machine = 512 * GIB;
    service.database = 100 * GIB;
    service.set("cache_size", "-8000000");
    assertThat(new CacheBeyondUse().undecided(service.facts())).isEmpty();
    service.beforeAttach = GIB;
    assertThat(new CacheBeyondUse().undecided(service.facts()).get(0)).contains("32 bits");
    service.set("cache_size", "-2000000");
    assertThat(new CacheBeyondUse().undecided(service.facts())).isEmpty();
  }

  @Test
  void a_question_mark_in_the_file_is_a_lost_parameter() {
    service.set("file", "/data/orders.db?soft_heap_limit=1");
    assertThat(one(new ParameterInFileName()).severity()).isEqualTo(Severity.CRITICAL);
    service.set("file", "/data/orders.db");
    none(new ParameterInFileName());
  }

  @Test
  void a_shared_cache_is_named_unless_the_database_is_in_memory() {
    service.url = "jdbc:sqlite:file:/data/orders.db?cache=shared";
    one(new SharedCache());
    service.url = "jdbc:sqlite:file:orders?mode=memory&cache=shared";
    none(new SharedCache());
  }

  @Test
  void changed_pages_may_outgrow_the_cache() {
    service.set("cache_spill", "0").set("cache_size", "-8000");
    service.cache = 16 * MIB;
    one(new CacheSpillOff());
    service.cache--;
    none(new CacheSpillOff());
    service.cache++;
    service.set("cache_spill", "1");
    none(new CacheSpillOff());
  }

  @Test
  void what_no_database_explains_is_of_temporary_tables() {
    service.set("temp_store", "2");
    long own = PageCache.mostBytes(service.facts().connections().get(0));
    service.cache = own + 16 * MIB;
    one(new TempTableKept());
    service.cache--;
    none(new TempTableKept());
    service.cache++;
    service.set("temp_store", "1");
    none(new TempTableKept());
  }

  @Test
  void an_attached_cache_is_not_taken_for_temporary_tables() {
    service.set("temp_store", "2").set("aux.cache_size", "-64000").set("aux.page_size", "4096");
    service.cache = 60 * MIB;
    none(new TempTableKept());
  }

  @Test
  void caches_of_attached_databases_are_added_up() {
    service.set("aux.cache_size", "-63015").set("aux.page_size", "4096");
    none(new AttachedCaches());
    service.set("aux.cache_size", "-63016");
    one(new AttachedCaches());
  }

  @Test
  void helper_threads_are_named_where_something_sorted() {
    service.set("threads", "2");
    none(new WorkerThreads());
    service.sorts = 1L;
    assertThat(one(new WorkerThreads()).title()).contains("3 buffers");
    service.set("threads", "0");
    none(new WorkerThreads());
  }

  @Test
  void a_sort_as_large_as_a_large_cache_is_named() {
    service.sql = "select a from t order by b";
    service.sorts = 1L;
    service.peak = 17 * MIB;
    service.set("cache_size", "-64000");
    assertThat(one(new SorterFollowsCache()).title()).contains("62.5 MiB");
    service.peak--;
    none(new SorterFollowsCache());
    service.peak++;
    service.set("cache_size", "-16000");
    none(new SorterFollowsCache());
  }

  @Test
  void settings_that_were_not_read_are_said_to_be_missing_once() {
    service.withoutSettings();
    List<String> said =
        SqliteRules.ALL.stream()
            .filter(ConnectionRule.class::isInstance)
            .filter(rule -> !(rule instanceof CacheBeyondUse))
            .flatMap(rule -> rule.undecided(service.facts()).stream())
            .distinct()
            .toList();
    assertThat(said).singleElement().asString().contains("native=sqlite");
  }

  private Finding one(SettingRule rule) {
    List<Finding> found = rule.examine(service.facts());
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private void none(SettingRule rule) {
    assertThat(rule.examine(service.facts())).isEmpty();
  }
}
