// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** Connections share a page cache. */
public final class SharedCache extends ConnectionRule {
  private static final double SCORE = 30;

  @Override
  public String id() {
    return "sqlite.shared-cache";
  }

  @Override
  public String summary() {
    return "Connections share a page cache";
  }

  @Override
  public String why() {
    return "Shared cache was made for devices of little memory; SQLite itself advises against it, as it brings locks on"
        + " tables and no gain with WAL: https://www.sqlite.org/sharedcache.html. Figures of connections that share"
        + " a cache are their parts of it. Reported for connections to a file whose URL says cache=shared.";
  }

  @Override
  public String advice() {
    return "Take cache=shared out of the URL and use journal_mode=WAL with a private cache: jdbc:sqlite:file.db"
        + "?journal_mode=WAL&cache_size=-16000";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        "jdbc:sqlite:file:shop.db?cache=shared",
        "jdbc:sqlite:shop.db?journal_mode=WAL&cache_size=-16000");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    boolean memory = connection.url().contains("memory");
    if (memory || !connection.url().contains("cache=shared")) {
      return null;
    }
    return finding(
        connection,
        SCORE,
        "Connections to " + Names.connection(connection) + " share a page cache",
        "Its URL says cache=shared",
        advice());
  }
}
