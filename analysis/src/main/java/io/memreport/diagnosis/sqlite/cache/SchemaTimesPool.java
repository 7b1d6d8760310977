// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** Each connection holds a parsed schema that is large. */
public final class SchemaTimesPool extends ConnectionRule {
  private static final long FLOOR_BYTES = 8L << 20;
  private static final double AT_LEAST = 10;

  @Override
  public String id() {
    return "sqlite.schema-times-pool";
  }

  @Override
  public String summary() {
    return "Each connection holds a parsed schema that is large";
  }

  @Override
  public String why() {
    return "SQLite parses the schema for each connection: some 1 MB for a thousand tables. memreport reports connections that"
        + " hold 8 MiB of schema or more.";
  }

  @Override
  public String advice() {
    return "Use a smaller pool, or split the database";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        "config.setMaximumPoolSize(50); // each parses 8,000 tables",
        "config.setMaximumPoolSize(4);");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long schema = connection.sqlite().schemaBytes();
    if (schema == null || schema < FLOOR_BYTES) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return finding(
        connection,
        AT_LEAST + Score.share(schema, budget),
        "The schema takes " + Units.bytes(schema) + " on each connection",
        "So much is parsed for " + Names.connection(connection),
        advice());
  }
}
