// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** What SQLite says of a connection: sqlite3_db_status, once a second where it changed. */
@Name(ConnectionStatusEvent.NAME)
@Label("Connection Status")
@Description("What SQLite says of a connection: sqlite3_db_status, once a second where it changed.")
public final class ConnectionStatusEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ConnectionStatus";

  @Label("Connection")
  public long connectionId;

  @Label("Cache Used")
  @Description("Pages in its caches, of all attached databases; of a shared cache all of it")
  @DataAmount(DataAmount.BYTES)
  public long cacheUsed = UNKNOWN;

  @Label("Cache Used Shared")
  @Description("Likewise, of a shared cache its part: these add up")
  @DataAmount(DataAmount.BYTES)
  public long cacheUsedShared = UNKNOWN;

  @Label("Schema Used")
  @DataAmount(DataAmount.BYTES)
  public long schemaUsed = UNKNOWN;

  @Label("Statement Used")
  @Description("Compiled statements and the values bound to them")
  @DataAmount(DataAmount.BYTES)
  public long statementUsed = UNKNOWN;

  @Label("Cache Hits")
  public long cacheHits = UNKNOWN;

  @Label("Cache Misses")
  public long cacheMisses = UNKNOWN;

  @Label("Cache Writes")
  public long cacheWrites = UNKNOWN;

  @Label("Cache Spills")
  @Description("Changed pages written before their transaction ended: the cache was full")
  public long cacheSpills = UNKNOWN;

  @Label("Transaction")
  @Description("0 none, 1 reads, 2 writes")
  public long transaction = UNKNOWN;

  @Label("Statements")
  @Description("Compiled and not finalized")
  public long statements = UNKNOWN;

  @Label("Busy Statements")
  @Description("Between their first row and their last")
  public long busyStatements = UNKNOWN;

  @Label("Idle")
  @Description("Since a statement of it was last executed")
  @Timespan(Timespan.MILLISECONDS)
  public long idleMillis = UNKNOWN;

  @Label("WAL Size")
  @Description("Of the main database's write-ahead log")
  @DataAmount(DataAmount.BYTES)
  public long walBytes = UNKNOWN;

  @Label("Database Size")
  @Description("Of the main database's file")
  @DataAmount(DataAmount.BYTES)
  public long databaseBytes = UNKNOWN;

  @Label("Before Attach")
  @Description(
      "Cache, schema and statements when it was found, if it was open before the agent came")
  @DataAmount(DataAmount.BYTES)
  public long beforeAttach = UNKNOWN;
}
