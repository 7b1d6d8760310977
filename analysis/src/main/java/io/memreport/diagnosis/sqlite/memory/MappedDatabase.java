// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.memory;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** A mapped database counts as resident once for each connection. */
public final class MappedDatabase extends ConnectionRule {
  private static final long FLOOR_BYTES = 256L << 20;
  private static final double INFO = 5;

  @Override
  public String id() {
    return "sqlite.mapped-database";
  }

  @Override
  public String summary() {
    return "A mapped database counts as resident once for each connection";
  }

  @Override
  public String why() {
    return "With mmap_size SQLite maps the file. Its pages belong to the kernel's cache, which takes them back when it"
        + " needs memory; but RSS counts them once for each mapping. Judge by PSS or RssAnon. memreport reports runs in which"
        + " mapped files count for twice what they are, and for 256 MiB or more.";
  }

  @Override
  public String advice() {
    return "Nothing, but for alerts: let them watch RssAnon or PSS instead of RSS";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        alert: process_resident_memory_bytes > 4e9   # counts a mapped page once for each connection""",
        "alert: memory.anon > 4e9                     # or PSS");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long mapped = Settings.number(connection, "mmap_size");
    ProcessMemory memory = facts.service().lastMemory(connection.runId());
    if (mapped == null
        || mapped == 0
        || memory == null
        || memory.rssFileBytes() == null
        || memory.pssFileBytes() == null
        || memory.rssFileBytes() < FLOOR_BYTES
        || memory.rssFileBytes() < 2 * memory.pssFileBytes()) {
      return null;
    }
    return finding(
        connection,
        INFO,
        "Mapped files count as "
            + Units.bytes(memory.rssFileBytes())
            + ", and are "
            + Units.bytes(memory.pssFileBytes()),
        "On " + Names.connection(connection) + " mmap_size is " + mapped,
        advice());
  }
}
