// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;

/** The events of a run, by name and by what they are about. */
public record RunEvents(List<RecordedEvent> all) {

  /** All events of one type. */
  public List<RecordedEvent> named(String name) {
    return where(name, event -> true);
  }

  /** The events of one type that meet a condition. */
  public List<RecordedEvent> where(String name, Predicate<RecordedEvent> condition) {
    return all.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .filter(condition)
        .toList();
  }

  /** The totals of the query with this fingerprint. */
  public Query query(String sql) {
    long id =
        where("memreport.SqlText", event -> event.getString("text").equals(sql)).stream()
            .findFirst()
            .orElseThrow(() -> new AssertionError(sql + " in " + named("memreport.SqlText")))
            .getLong("sqlId");
    return new Query(id, where("memreport.QueryTotal", event -> event.getLong("sqlId") == id));
  }

  /** The last word on a connection. */
  public RecordedEvent connection(long id) {
    return last(where("memreport.ConnectionState", event -> event.getLong("connectionId") == id));
  }

  /** The first value of a setting of a connection: its own, or else what is common to all. */
  public String setting(long connection, String name) {
    return where(
            "memreport.ConnectionSetting",
            event ->
                (event.getLong("connectionId") == connection || event.getLong("connectionId") == 0)
                    && event.getString("name").equals(name))
        .stream()
        .max(Comparator.comparing(event -> event.getLong("connectionId")))
        .orElseThrow()
        .getString("value");
  }

  /** The last word on the open statements of a query. */
  public RecordedEvent openStatements(Query query) {
    return last(where("memreport.OpenStatements", event -> event.getLong("sqlId") == query.id()));
  }

  /** By time: in a recording each thread's events lie together. */
  private static RecordedEvent last(List<RecordedEvent> events) {
    return events.stream().max(Comparator.comparing(RecordedEvent::getStartTime)).orElseThrow();
  }

  /** The totals of one SQL text. */
  public record Query(long id, List<RecordedEvent> totals) {
    /** A field of all its totals, added up. */
    public long sum(String field) {
      return totals.stream().mapToLong(event -> event.getLong(field)).sum();
    }

    /** The largest value of a field. */
    public long max(String field) {
      return totals.stream().mapToLong(event -> event.getLong(field)).max().orElseThrow();
    }

    /** The connection that ran it first. */
    public long connection() {
      return totals.get(0).getLong("connectionId");
    }
  }
}
