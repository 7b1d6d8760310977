// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Retention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Says of each run with SQLite why its memory was not given back. */
final class Retentions {
  private Retentions() {}

  static List<Retention> of(Facts facts) {
    List<Retention> retentions = new ArrayList<>();
    for (Run run : facts.runs()) {
      List<Connection> open =
          facts.connections().stream()
              .filter(c -> c.runId().equals(run.id()) && Settings.isSqlite(c))
              .toList();
      ProcessMemory memory = facts.service().lastMemory(run.id());
      MemoryAtEnd atEnd = run.memoryAtEnd();
      if (!open.isEmpty() && memory != null && atEnd != null && atEnd.rssBytes() != null) {
        retentions.add(of(facts, run, open, memory));
      }
    }
    return retentions;
  }

  private static Retention of(
      Facts facts, Run run, List<Connection> connections, ProcessMemory memory) {
    List<Retention.Holder> holders =
        connections.stream()
            .filter(connection -> connection.closedAt() == null)
            .map(Retentions::holder)
            .sorted(
                Comparator.comparingLong((Retention.Holder h) -> orZero(h.heldBytes())).reversed())
            .toList();
    Long sqlite = run.memoryAtEnd().sqliteBytes();
    Long kept = memory.keptByMallocBytes();
    Long files = memory.rssFileBytes();
    long rss = run.memoryAtEnd().rssBytes();
    long rest = rss - orZero(sqlite) - orZero(kept) - orZero(files);
    return new Retention(
        run.id(),
        rss,
        highest(facts, run),
        sqlite,
        holders,
        kept,
        files,
        memory.pssFileBytes(),
        rest < 0 ? null : Long.valueOf(rest),
        answer(orZero(sqlite), orZero(kept), orZero(files), Math.max(0, rest), holders));
  }

  private static Retention.Holder holder(Connection connection) {
    return new Retention.Holder(
        connection.id(),
        Names.connection(connection),
        connection.sqlite().heldBytes(),
        connection.sqlite().cacheBytes(),
        connection.sqlite().schemaBytes(),
        connection.sqlite().statementBytes(),
        connection.sqlite().workingBytes(),
        connection.status().beforeAttachBytes(),
        connection.status().idleMillis());
  }

  private static String answer(
      long sqlite, long kept, long files, long rest, List<Retention.Holder> holders) {
    long most = Math.max(Math.max(sqlite, kept), Math.max(files, rest));
    if (most == sqlite) {
      long caches = holders.stream().mapToLong(h -> orZero(h.cacheBytes())).sum();
      return "SQLite still holds "
          + Units.bytes(sqlite)
          + (caches > sqlite / 2
              ? ", "
                  + Units.bytes(caches)
                  + " of it in page caches: pages stay until the connection closes, cache_size is"
                  + " lowered or PRAGMA shrink_memory runs, never for a time without use."
              : ": see below for whom.")
          + (kept > sqlite / 4
              ? " Another " + Units.bytes(kept) + " were freed, but not returned to the system."
              : "");
    }
    if (most == kept) {
      return "SQLite has given back all but "
          + Units.bytes(sqlite)
          + "; "
          + Units.bytes(kept)
          + " were freed, but not returned to the system: malloc keeps them for this process. That is not a leak: the next query uses"
          + " them again.";
    }
    if (most == files) {
      return "Most of it, "
          + Units.bytes(files)
          + ", are pages of files, which the kernel takes back as soon as it needs them.";
    }
    return "Most of it, "
        + Units.bytes(rest)
        + ", is not SQLite's: its connections hold "
        + Units.bytes(sqlite)
        + (kept > 0 ? ", and " + Units.bytes(kept) + " were freed, but not returned" : "")
        + ".";
  }

  private static Long highest(Facts facts, Run run) {
    return facts.timeline().samples().stream()
        .filter(sample -> sample.runId().equals(run.id()))
        .map(MemorySample::rssBytes)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static long orZero(Long bytes) {
    return bytes == null ? 0 : bytes;
  }
}
