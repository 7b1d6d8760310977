// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.cache.AttachedCaches;
import io.memreport.diagnosis.sqlite.cache.CacheBeyondUse;
import io.memreport.diagnosis.sqlite.cache.CacheChurn;
import io.memreport.diagnosis.sqlite.cache.CacheSizeUnbounded;
import io.memreport.diagnosis.sqlite.cache.CacheSpillOff;
import io.memreport.diagnosis.sqlite.cache.CacheTimesPool;
import io.memreport.diagnosis.sqlite.cache.CacheTooSmall;
import io.memreport.diagnosis.sqlite.cache.IdleCache;
import io.memreport.diagnosis.sqlite.cache.SchemaTimesPool;
import io.memreport.diagnosis.sqlite.cache.SharedCache;
import io.memreport.diagnosis.sqlite.cache.SmallCacheOnLargeHost;
import io.memreport.diagnosis.sqlite.memory.ArenasMultiply;
import io.memreport.diagnosis.sqlite.memory.FileCacheInCgroup;
import io.memreport.diagnosis.sqlite.memory.HeapLimitNotEnforced;
import io.memreport.diagnosis.sqlite.memory.KeptByMalloc;
import io.memreport.diagnosis.sqlite.memory.MappedDatabase;
import io.memreport.diagnosis.sqlite.memory.MappedOnNetwork;
import io.memreport.diagnosis.sqlite.memory.UnexplainedMemory;
import io.memreport.diagnosis.sqlite.memory.WorkerThreads;
import io.memreport.diagnosis.sqlite.setting.InitSqlFirstOnly;
import io.memreport.diagnosis.sqlite.setting.OldDriver;
import io.memreport.diagnosis.sqlite.setting.ParameterInFileName;
import io.memreport.diagnosis.sqlite.sort.AggregateInMemory;
import io.memreport.diagnosis.sqlite.sort.AutomaticIndex;
import io.memreport.diagnosis.sqlite.sort.SorterFollowsCache;
import io.memreport.diagnosis.sqlite.sort.TempTableKept;
import io.memreport.diagnosis.sqlite.sort.TemporaryFilesInMemory;
import io.memreport.diagnosis.sqlite.sort.TemporarySort;
import io.memreport.diagnosis.sqlite.statement.AbandonedQuery;
import io.memreport.diagnosis.sqlite.statement.BoundValuesKept;
import io.memreport.diagnosis.sqlite.statement.CancelledQueryKept;
import io.memreport.diagnosis.sqlite.statement.FullScan;
import io.memreport.diagnosis.sqlite.statement.GeneratedKeysBusy;
import io.memreport.diagnosis.sqlite.statement.LongQuery;
import io.memreport.diagnosis.sqlite.statement.QueryTimeoutIgnored;
import io.memreport.diagnosis.sqlite.statement.ResultLeftOpen;
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
