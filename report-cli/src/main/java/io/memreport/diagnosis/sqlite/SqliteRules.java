// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.diagnosis.SettingRule;
import java.util.List;

/** All rules of SQLite's settings and use. */
public final class SqliteRules {
  /** In the order in which their findings are shown when they are equally bad. */
  public static final List<SettingRule> ALL =
      List.of(
          new ParameterInFileName(),
          new CacheSizeUnbounded(),
          new CacheTimesPool(),
          new HeapLimitNotEnforced(),
          new InitSqlFirstOnly(),
          new AbandonedQuery(),
          new QueryTimeoutIgnored(),
          new LongQuery(),
          new ResultLeftOpen(),
          new IdleCache(),
          new KeptByMalloc(),
          new ArenasMultiply(),
          new CancelledQueryKept(),
          new TempTableKept(),
          new TemporarySort(),
          new SorterFollowsCache(),
          new TemporaryFilesInMemory(),
          new WorkerThreads(),
          new AggregateInMemory(),
          new FullScan(),
          new AutomaticIndex(),
          new BoundValuesKept(),
          new CacheSpillOff(),
          new AttachedCaches(),
          new SchemaTimesPool(),
          new SharedCache(),
          new CacheChurn(),
          new CacheTooSmall(),
          new UnexplainedMemory(),
          new OldDriver(),
          new SmallCacheOnLargeHost(),
          new CacheBeyondUse(),
          new MappedOnNetwork(),
          new MappedDatabase(),
          new FileCacheInCgroup(),
          new GeneratedKeysBusy());

  private SqliteRules() {}
}
