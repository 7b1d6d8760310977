// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.diagnosis.growth.NativeMemoryRetained;
import io.memreport.diagnosis.java.DirectBuffersRetained;
import io.memreport.diagnosis.java.HeapKept;
import io.memreport.diagnosis.java.HeapRetained;
import io.memreport.diagnosis.java.HeapRetainedTogether;
import io.memreport.diagnosis.java.JavaOutOfMemory;
import io.memreport.diagnosis.java.MetaspaceRetained;
import io.memreport.diagnosis.java.SpringContextsKept;
import io.memreport.diagnosis.jvm.ContainerNotSeen;
import io.memreport.diagnosis.jvm.HeapAboveLimit;
import io.memreport.diagnosis.jvm.ThreadStacksRetained;
import io.memreport.diagnosis.oom.DirectBuffersDeath;
import io.memreport.diagnosis.oom.JavaHeapDeath;
import io.memreport.diagnosis.oom.MetaspaceDeath;
import io.memreport.diagnosis.oom.NativeDeath;
import io.memreport.diagnosis.oom.OtherProcessDeath;
import io.memreport.diagnosis.oom.ParallelForksDeath;
import io.memreport.diagnosis.oom.SharedMemoryDeath;
import io.memreport.diagnosis.oom.SqliteConnectionsDeath;
import io.memreport.diagnosis.oom.SqliteDeath;
import io.memreport.diagnosis.oom.ThreadsDeath;
import io.memreport.diagnosis.pool.ConnectionNotReturned;
import io.memreport.diagnosis.process.ChildKilled;
import io.memreport.diagnosis.process.FilesLeftOpen;
import io.memreport.diagnosis.process.ProcessOutlivesTest;
import io.memreport.diagnosis.rule.FindingKind;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.shm.DevShmNearLimit;
import io.memreport.diagnosis.shm.EarlierOrphans;
import io.memreport.diagnosis.shm.FilesLeft;
import io.memreport.diagnosis.shm.MappedMemoryLeft;
import io.memreport.diagnosis.shm.SegmentIdsNearLimit;
import io.memreport.diagnosis.shm.SegmentOrphaned;
import io.memreport.diagnosis.shm.SharedMemoryExhausted;
import io.memreport.diagnosis.shm.TmpfsFilesLeft;
import io.memreport.diagnosis.sqlite.cache.MemoryDatabase;
import io.memreport.diagnosis.sqlite.cache.PageCacheRetained;
import io.memreport.diagnosis.sqlite.connection.ConnectionNotClosed;
import io.memreport.diagnosis.sqlite.connection.TransactionLeftOpen;
import io.memreport.diagnosis.sqlite.sort.SortInMemory;
import io.memreport.diagnosis.sqlite.statement.ResultKeepsMemory;
import io.memreport.diagnosis.sqlite.statement.StatementNotClosed;
import io.memreport.diagnosis.sqlite.wal.WalHeld;
import io.memreport.model.verdict.Cause;
import java.util.List;
import java.util.stream.Stream;

/** All rules, in the order in which their findings are shown when they are equally bad. */
final class Rules {
  /** Those that tell from samples of the process what nobody counts for a test. */
  static final List<GrowthRule> OF_GROWTH =
      List.of(
          new NativeMemoryRetained(),
          new DirectBuffersRetained(),
          new ThreadStacksRetained(),
          new MetaspaceRetained(),
          new TmpfsFilesLeft(),
          new MappedMemoryLeft());

  static final HeapRetained OF_HEAP = new HeapRetained();

  static final List<Rule> ALL =
      Stream.concat(
              Stream.of(
                  new ConnectionNotClosed(),
                  new PageCacheRetained(),
                  new MemoryDatabase(),
                  new SortInMemory(),
                  new StatementNotClosed(),
                  new ResultKeepsMemory(),
                  OF_HEAP,
                  new HeapRetainedTogether(),
                  new HeapKept(),
                  new SpringContextsKept(),
                  new WalHeld(),
                  new TransactionLeftOpen(),
                  new ProcessOutlivesTest(),
                  new FilesLeftOpen(),
                  new ConnectionNotReturned(),
                  new SegmentOrphaned(),
                  new FilesLeft()),
              OF_GROWTH.stream())
          .toList();

  /** What a death follows from: at most one of them applies to each. */
  static final List<DeathRule> OF_DEATHS =
      List.of(
          new JavaHeapDeath(),
          new DirectBuffersDeath(),
          new MetaspaceDeath(),
          new ThreadsDeath(),
          new NativeDeath(),
          new ParallelForksDeath(),
          new SharedMemoryDeath(),
          new OtherProcessDeath(),
          new SqliteConnectionsDeath(),
          new SqliteDeath(
              "oom.sqlite-page-cache",
              Cause.SQLITE_PAGE_CACHE,
              "its page cache",
              new PageCacheRetained()),
          new SqliteDeath(
              "oom.sqlite-sort", Cause.SQLITE_SORT, "a sort in memory", new SortInMemory()),
          new SqliteDeath(
              "oom.sqlite-memory-db",
              Cause.SQLITE_MEMORY_DB,
              "a database in memory",
              new MemoryDatabase()),
          new SqliteDeath(
              "oom.sqlite-statements",
              Cause.SQLITE_STATEMENTS,
              "statements that nobody closed",
              new StatementNotClosed()),
          new JavaOutOfMemory());

  static final List<SettingRule> OF_SETTINGS =
      Stream.concat(
              Stream.of(
                  new SharedMemoryExhausted(),
                  new ChildKilled(),
                  new EarlierOrphans(),
                  new SegmentIdsNearLimit(),
                  new DevShmNearLimit(),
                  new ContainerNotSeen(),
                  new HeapAboveLimit()),
              SqliteRules.ALL.stream())
          .toList();

  private Rules() {}

  /** All that findings can be. */
  static List<FindingKind> kinds() {
    return Stream.<List<? extends FindingKind>>of(OF_DEATHS, ALL, OF_SETTINGS)
        .<FindingKind>flatMap(List::stream)
        .toList();
  }
}
