// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.cache.OpenTogether;
import io.memreport.diagnosis.sqlite.connection.ConnectionNotClosed;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;

/** SQLite's memory, taken by many connections of which each holds little. */
public final class SqliteConnectionsDeath implements DeathRule {
  private final ConnectionNotClosed rule = new ConnectionNotClosed();

  /** Those connections, or null if they are not what SQLite held most of its memory for. */
  static OpenTogether connections(DeathCase death) {
    return death.isKillBy(Cause.SQLITE_PAGE_CACHE)
        ? OpenTogether.most(death.facts(), death.run(), death.run().memoryAtEnd().sqliteBytes())
        : null;
  }

  @Override
  public String id() {
    return "oom.sqlite-connections";
  }

  @Override
  public String summary() {
    return "A JVM was killed while many SQLite connections that nobody closed held most of its memory";
  }

  @Override
  public String why() {
    return "SQLite's memory is outside the Java heap: -Xmx does not bound it, and no heap dump shows it. "
        + rule.why();
  }

  @Override
  public String advice() {
    return rule.advice();
  }

  @Override
  public Contrast contrast() {
    return rule.contrast();
  }

  @Override
  public Finding of(DeathCase death) {
    OpenTogether open = connections(death);
    return open == null
        ? null
        : death.finding(
            this,
            open.connections().size()
                + " open connections held "
                + Units.bytes(open.bytes())
                + " "
                + death.whenKilled(),
            death.held() + "; of it " + Units.bytes(open.bytes()) + " for " + open.words(),
            advice());
  }
}
