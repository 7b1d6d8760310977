// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Units;
import io.memreport.sizing.Host;
import io.memreport.sizing.Sizing;
import java.io.PrintWriter;

/** What to set on a host, each with its reason, and ready to be pasted. */
public final class SizingText {
  private static final long LARGE_HOST = 64L << 30;

  private final PrintWriter out;

  public SizingText(PrintWriter out) {
    this.out = out;
  }

  /** Prints the answer, the values and the configuration. */
  public void print(Sizing sizing) {
    Host host = sizing.host();
    String start = "-" + sizing.startKib();
    out.println(answer(sizing));
    out.println();
    out.println(
        "Of "
            + Units.bytes(host.memoryBytes())
            + (host.limitBytes() != null && host.limitBytes() > host.ramBytes()
                ? " (the machine has less than the limit of " + Units.bytes(host.limitBytes()) + ")"
                : "")
            + " there are "
            + Units.bytes(sizing.forSqliteBytes())
            + " for SQLite and for the files that the kernel caches, after a tenth that stays free, a heap of "
            + Units.bytes(host.assumedHeapBytes())
            + (host.heapBytes() == null ? " (assumed: a quarter)" : "")
            + (host.otherBytes() == 0
                ? " and the JVM itself"
                : ", the JVM itself and " + Units.bytes(host.otherBytes()) + " of others")
            + ".");
    out.println();
    value(
        "cache_size=" + start,
        "to begin with, at most -" + sizing.ceilingKib(),
        "Each of "
            + host.connections()
            + " connections has a cache of its own and may sort as much again: "
            + Units.bytes(sizing.worstBytes())
            + " in the worst case, "
            + Units.bytes(sizing.ceilingWorstBytes())
            + " at the most. Negative counts KiB, positive pages.",
        "https://www.sqlite.org/pragma.html#pragma_cache_size");
    value(
        "temp_store=FILE",
        "with SQLITE_TMPDIR on a disk, not on tmpfs",
        "In memory a sort has no bound.",
        "https://www.sqlite.org/tempfiles.html");
    value(
        "mmap_size=" + sizing.mmapBytes(),
        sizing.mmapBytes() == 0
            ? "none"
            : Units.bytes(sizing.mmapBytes()) + ", if the file is on a local disk",
        sizing.mmapBytes() == 0
            ? "The kernel caches the file all the same"
                + (host.databaseBytes() == null ? "; --db-size is needed to size it." : ".")
            : "One copy in the kernel's cache serves all connections, and goes when memory is short.",
        "https://www.sqlite.org/mmap.html");
    value(
        "soft_heap_limit, hard_heap_limit",
        "leave them: " + Units.bytes(sizing.heapLimitBytes()) + " where they are enforced",
        "sqlite-jdbc builds SQLite without memory statistics, so that neither limits anything; the PRAGMA answers"
            + " the number all the same.",
        "https://www.sqlite.org/c3ref/hard_heap_limit64.html");
    value(
        "pool of " + host.connections(),
        "one of them writes",
        "SQLite has one writer at a time. minimumIdle="
            + sizing.minimumIdle()
            + ", idleTimeout=60000, maxLifetime=600000: a cache never ages, closing its connection empties it.",
        "HikariCP's documentation of minimumIdle and idleTimeout");
    value(
        "an end for each query",
        "Statement.cancel() from a timer, or org.sqlite.ProgressHandler",
        "setQueryTimeout only bounds the wait for locks in this driver.",
        "https://www.sqlite.org/c3ref/interrupt.html");
    value(
        "-XX:TrimNativeHeapInterval=5000",
        "JDK 17.0.9 and later, glibc",
        "What SQLite frees, malloc keeps; this returns it.",
        "JDK-8293114");
    configuration(sizing, start);
  }

  private static String answer(Sizing sizing) {
    Host host = sizing.host();
    String size = Units.bytes(sizing.startKib() << 10);
    String most = Units.bytes(sizing.ceilingKib() << 10);
    if (host.memoryBytes() >= LARGE_HOST) {
      return "Yes, make them configurable: the defaults are for small devices. But on "
          + Units.bytes(host.memoryBytes())
          + " a connection needs a cache of "
          + size
          + " to begin with and never more than "
          + most
          + "; what the machine has beyond that serves all connections at once as the kernel's file cache.";
    }
    return "A cache of "
        + size
        + " a connection fits "
        + Units.bytes(host.memoryBytes())
        + " with "
        + host.connections()
        + " connections; more than "
        + most
        + " does not.";
  }

  private void value(String name, String value, String why, String source) {
    out.println(name + ": " + value);
    out.println("  " + why);
    out.println("  " + source);
  }

  private void configuration(Sizing sizing, String start) {
    int connections = sizing.host().connections();
    String url =
        "jdbc:sqlite:/data/app.db?journal_mode=WAL&synchronous=NORMAL&cache_size="
            + start
            + "&temp_store=FILE&mmap_size="
            + sizing.mmapBytes()
            + "&journal_size_limit=67108864&busy_timeout=5000";
    out.println();
    block("sqlite-jdbc", url);
    block(
        "SQLiteConfig",
        "config.setJournalMode(SQLiteConfig.JournalMode.WAL);",
        "config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);",
        "config.setCacheSize(" + start + ");",
        "config.setTempStore(SQLiteConfig.TempStore.FILE);",
        "config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, \"" + sizing.mmapBytes() + "\");",
        "config.setJournalSizeLimit(67108864);",
        "config.setBusyTimeout(5000);");
    block(
        "HikariCP",
        "jdbcUrl=" + url,
        "maximumPoolSize=" + connections,
        "minimumIdle=" + sizing.minimumIdle(),
        "idleTimeout=60000",
        "maxLifetime=600000",
        "leakDetectionThreshold=30000");
    block(
        "Spring Boot",
        "spring.datasource.url=" + url,
        "spring.datasource.hikari.maximum-pool-size=" + connections,
        "spring.datasource.hikari.minimum-idle=" + sizing.minimumIdle(),
        "spring.datasource.hikari.idle-timeout=60000",
        "spring.datasource.hikari.max-lifetime=600000",
        "spring.datasource.hikari.leak-detection-threshold=30000");
    block(
        "PRAGMAs, on each new connection",
        "PRAGMA journal_mode=WAL;",
        "PRAGMA synchronous=NORMAL;",
        "PRAGMA cache_size=" + start + ";",
        "PRAGMA temp_store=FILE;",
        "PRAGMA mmap_size=" + sizing.mmapBytes() + ";",
        "PRAGMA journal_size_limit=67108864;",
        "PRAGMA busy_timeout=5000;");
  }

  private void block(String title, String... lines) {
    out.println(title);
    for (String line : lines) {
      out.println("  " + line);
    }
  }
}
