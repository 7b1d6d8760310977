// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.sort;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.SqlWords;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sorts and temporary tables of queries that may not go to disk. */
public final class SortInMemory implements Rule {
  /** The sorter's buffer may take 1 MB before it spills; this much says that it can't. */
  static final long THRESHOLD_BYTES = 16 << 20;

  @Override
  public String id() {
    return "sqlite.sort-in-memory";
  }

  @Override
  public String summary() {
    return "A query sorted in memory instead of in a temporary file";
  }

  @Override
  public String why() {
    return "With temp_store=memory a sort has no bound: SQLite takes an allocation for each row and"
        + " gives them back when the query ends, so that only the peak shows it. memreport reports queries"
        + " that held "
        + Units.bytes(THRESHOLD_BYTES)
        + " or more for the time of their run on a connection with that setting.";
  }

  @Override
  public String advice() {
    return "Set temp_store=FILE, with SQLITE_TMPDIR on a disk, add an index in the order of the sort, or LIMIT the"
        + " result.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        PRAGMA temp_store = MEMORY;
        SELECT * FROM sales ORDER BY cents;""",
        """
        PRAGMA temp_store = FILE;
        SELECT * FROM sales ORDER BY cents LIMIT 100;""");
  }

  @Override
  public Fix example() {
    return SettingFix.example("temp_store", "FILE");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (QueryUse use : facts.uses()) {
      // What is looked up is looked for: only for the few uses that are large enough.
      if (use.peakBytes() == null || use.netBytes() == null || givenBack(use) < THRESHOLD_BYTES) {
        continue;
      }
      Connection connection = facts.connection(use.connection());
      Query query = facts.query(use.query());
      if (connection != null
          && query != null
          && sortsInMemory(connection)
          && SqlWords.sorts(query.sql())) {
        found.add(suspicion(facts, use, connection, query));
      }
    }
    return found;
  }

  private static long givenBack(QueryUse use) {
    return use.peakBytes() - Math.max(0, use.netBytes());
  }

  private static boolean sortsInMemory(Connection connection) {
    String setting = connection.settings().get("temp_store");
    return setting != null
        && (setting.equals("2") || setting.toLowerCase(Locale.ROOT).equals("memory"));
  }

  private Suspicion suspicion(Facts facts, QueryUse use, Connection connection, Query query) {
    TestResult test = use.test() == null ? null : facts.test(use.test());
    long sorted = givenBack(use);
    String evidence =
        "One execution held up to "
            + Units.bytes(use.peakBytes())
            + " and gave "
            + Units.bytes(sorted)
            + " back at its end; temp_store is memory: "
            + Names.sql(query);
    List<Culprit> culprits = new ArrayList<>();
    if (test != null) {
      culprits.add(Names.culprit(test, use.peakBytes()));
    }
    culprits.add(Names.culprit(query, use.peakBytes()));
    String who = test == null ? "Code outside tests" : Names.test(test);
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            who + " sorted in memory and held " + Units.bytes(use.peakBytes()) + " at its peak",
            evidence,
            advice(),
            test == null ? query.id() : test.id(),
            use.peakBytes(),
            SettingFix.of(connection, "temp_store", "FILE", sorted)),
        Cause.SQLITE_SORT,
        Confidence.LIKELY,
        "held " + Units.bytes(use.peakBytes()) + " to sort in memory",
        use.peakBytes(),
        culprits,
        List.of(Names.recorded(evidence)));
  }
}
