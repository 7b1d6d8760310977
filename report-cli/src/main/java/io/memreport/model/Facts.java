// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.util.List;

/** All that was read, before anything is concluded from it. */
public record Facts(
    List<Run> runs,
    List<TestResult> tests,
    List<Query> queries,
    List<Connection> connections,
    List<NativeLibrary> nativeLibraries,
    List<QueryUse> uses,
    List<OpenStatements> openStatements,
    Quality quality,
    Timeline timeline) {

  /** The test with this id, or null. */
  public TestResult test(String id) {
    return tests.stream().filter(test -> test.id().equals(id)).findFirst().orElse(null);
  }

  /** The query with this id, or null. */
  public Query query(String id) {
    return queries.stream().filter(query -> query.id().equals(id)).findFirst().orElse(null);
  }

  /** The connection with this id, or null. */
  public Connection connection(String id) {
    return connections.stream().filter(c -> c.id().equals(id)).findFirst().orElse(null);
  }
}
