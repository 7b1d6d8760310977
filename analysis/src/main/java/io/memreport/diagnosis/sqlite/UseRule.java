// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule that looks at what one query did on one SQLite connection. The worst of each query is
 * named.
 */
public abstract class UseRule implements SettingRule {
  /** What was found of one query, and how bad it is. */
  public record Found(
      double score, String title, String evidence, String advice, Long bytes, Fix fix) {
    /** Nobody measured how much, and no setting mends it. */
    public Found(double score, String title, String evidence, String advice) {
      this(score, title, evidence, advice, null, null);
    }
  }

  @Override
  public final List<Finding> examine(Facts facts) {
    Map<String, Found> worst = new LinkedHashMap<>();
    for (QueryUse use : facts.uses()) {
      Connection connection = facts.connection(use.connection());
      Query query = facts.query(use.query());
      if (connection != null && query != null && Settings.isSqlite(connection)) {
        Found found = examine(facts, use, connection, query);
        if (found != null) {
          worst.merge(query.id(), found, (one, other) -> other.score() > one.score() ? other : one);
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    worst.forEach(
        (id, found) -> {
          Query query = facts.query(id);
          findings.add(
              new Finding(
                  id(),
                  Score.severity(found.score()),
                  found.title(),
                  found.evidence() + ": " + Names.sql(query) + site(query),
                  found.advice(),
                  id,
                  found.bytes(),
                  found.fix()));
        });
    return findings;
  }

  /** What is wrong with it, or null. */
  protected abstract Found examine(Facts facts, QueryUse use, Connection connection, Query query);

  /** Where the application executes it, if that is known. */
  public static String site(Query query) {
    String site = query.work() == null ? null : query.work().site();
    return site == null ? "" : "; executed in " + site.split("\n", 2)[0];
  }
}
