// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Databases: their queries, connections and pools.
 *
 * @param uses which test ran which query on which connection
 * @param openStatements statements that were not closed
 * @param queriesById the same queries by their ids
 * @param connectionsById the same connections by their ids
 */
public record SqlFacts(
    List<Query> queries,
    List<Connection> connections,
    List<QueryUse> uses,
    List<OpenStatements> openStatements,
    List<Pool> pools,
    ServiceFacts service,
    Map<String, Query> queriesById,
    Map<String, Connection> connectionsById) {

  /** With the rows by their ids. */
  public static SqlFacts of(
      List<Query> queries,
      List<Connection> connections,
      List<QueryUse> uses,
      List<OpenStatements> openStatements,
      List<Pool> pools,
      ServiceFacts service) {
    return new SqlFacts(
        queries,
        connections,
        uses,
        openStatements,
        pools,
        service,
        byId(queries, Query::id),
        byId(connections, Connection::id));
  }

  private static <T> Map<String, T> byId(List<T> rows, Function<T, String> id) {
    return rows.stream().collect(Collectors.toMap(id, Function.identity(), (one, same) -> same));
  }

  /** The query with this id, or null. */
  public @Nullable Query query(@Nullable String id) {
    return queriesById.get(id);
  }

  /** The connection with this id, or null. */
  public @Nullable Connection connection(@Nullable String id) {
    return connectionsById.get(id);
  }
}
