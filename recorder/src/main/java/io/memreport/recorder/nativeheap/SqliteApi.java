// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import java.nio.charset.StandardCharsets;

/**
 * SQLite's own functions on its own objects, through the table that it hands to extensions: {@code
 * sqlite3_api_routines}, see https://www.sqlite.org/loadext.html. Call only while {@link
 * NativeHeap#isLoaded}, with addresses that are alive.
 */
public final class SqliteApi {
  /** The entry point that SQLite calls when it loads the shim as an extension. */
  public static final String ENTRY_POINT = "sqlite3_memreport_init";

  /** Index into the figures of {@link #connection}: bytes of its page caches. */
  public static final int CACHE_USED = 0;

  /** Bytes of its page caches, of a shared one its part. */
  public static final int CACHE_USED_SHARED = 1;

  /** Bytes of the schemas that it has parsed. */
  public static final int SCHEMA_USED = 2;

  /** Bytes of its compiled statements and the values bound to them. */
  public static final int STATEMENT_USED = 3;

  /** Pages found in the cache. */
  public static final int CACHE_HITS = 4;

  /** Pages read from the file. */
  public static final int CACHE_MISSES = 5;

  /** Pages written to the file. */
  public static final int CACHE_WRITES = 6;

  /** Changed pages written before their transaction ended, because the cache was full. */
  public static final int CACHE_SPILLS = 7;

  /** 0 for none, 1 for a read transaction, 2 for one that writes. */
  public static final int TRANSACTION = 8;

  /** 1 inside BEGIN, 0 in autocommit mode. */
  public static final int IN_BEGIN = 9;

  /** How many statements are compiled. */
  public static final int STATEMENTS = 10;

  /** How many of them are between their first row and their last. */
  public static final int BUSY_STATEMENTS = 11;

  /** How many figures {@link #connection} gives. */
  public static final int FIGURES = 12;

  /** Figures of each statement in {@link #statements}: address, 1 if busy, steps, bytes. */
  public static final int STATEMENT_FIGURES = 4;

  private SqliteApi() {}

  /**
   * The table that SQLite handed to the shim when this thread loaded it as an extension.
   *
   * @return its address, or 0 if it did not, or if this was asked before
   */
  public static native long tableGiven();

  /**
   * Reads what a connection holds, unless it is busy with a step.
   *
   * @param api address of the table of its library
   * @param connection a {@code sqlite3*}
   * @param figures takes {@link #FIGURES} values, unknown ones as {@link Long#MIN_VALUE}
   * @return false if it is busy
   */
  public static native boolean connection(long api, long connection, long[] figures);

  /**
   * Lists statements of a connection, as many as there is room for, unless it is busy with a step.
   *
   * @param onlyBusy only those between their first row and their last
   * @param figures takes {@link #STATEMENT_FIGURES} for each
   * @return their texts in UTF-8, each ended by a zero; null if it is busy
   */
  public static native byte[] statements(
      long api, long connection, boolean onlyBusy, long[] figures);

  /**
   * Reads the settings of a connection, unless it is busy with a step. Nothing of the application's
   * is called. It changes the error that SQLite remembers of the connection: hold the driver's
   * monitor, under which it asks for that.
   *
   * @return names and values by turns in UTF-8, each ended by a zero; null if it is busy
   */
  public static native byte[] settings(long api, long connection);

  /**
   * Adds what a statement did since it was last looked at to {@link NativeHeap#currentThread}.
   *
   * @param statement a {@code sqlite3_stmt*}
   */
  public static native void collect(long api, long statement);

  /** Splits texts that each end with a zero. */
  public static String[] texts(byte[] zeroEnded) {
    String all = new String(zeroEnded, StandardCharsets.UTF_8);
    return all.isEmpty() ? new String[0] : all.substring(0, all.length() - 1).split("\0", -1);
  }
}
