// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import io.memreport.model.PostMortem;
import io.memreport.model.TestResult;
import io.memreport.model.sql.Query;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which test ran which query, both ways, whichever of the two says so. */
public record Relations(
    Map<String, Set<String>> queriesOfTest, Map<String, Set<String>> testsOfQuery) {

  public static Relations of(PostMortem postMortem) {
    Relations relations = new Relations(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Query query : postMortem.queries()) {
      query.tests().forEach(test -> relations.add(test, query.id()));
    }
    for (TestResult test : postMortem.tests()) {
      test.queries().forEach(query -> relations.add(test.id(), query));
    }
    return relations;
  }

  public Set<String> queriesOf(String test) {
    return queriesOfTest.getOrDefault(test, Set.of());
  }

  public Set<String> testsOf(String query) {
    return testsOfQuery.getOrDefault(query, Set.of());
  }

  private void add(String test, String query) {
    queriesOfTest.computeIfAbsent(test, id -> new LinkedHashSet<>()).add(query);
    testsOfQuery.computeIfAbsent(query, id -> new LinkedHashSet<>()).add(test);
  }
}
