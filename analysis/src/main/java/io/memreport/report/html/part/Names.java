// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every row is called on this page and where it lies: the one place links come from. */
public final class Names {
  public static final String TEST = "test-";
  public static final String QUERY = "query-";
  public static final String CONNECTION = "connection-";
  public static final String RUN = "run-";

  private static final int LINK_TEXT = 90;
  private static final int LINKS = 12;

  private final Map<String, Link> links = new HashMap<>();
  private final IdentityHashMap<Object, String> anchors = new IdentityHashMap<>();
  private final Map<String, String> named = new HashMap<>();

  public Names(PostMortem postMortem) {
    Anchors tests = new Anchors(TEST);
    for (TestResult test : postMortem.tests()) {
      String ofClass = simpleClass(test.className());
      String title = title(test);
      put(tests, TEST, test, test.id(), ofClass.equals(title) ? title : ofClass + " " + title);
    }
    Anchors queries = new Anchors(QUERY);
    for (Query query : postMortem.queries()) {
      put(queries, QUERY, query, query.id(), VisibleText.line(query.sql()));
    }
    Anchors connections = new Anchors(CONNECTION);
    for (Connection connection : postMortem.connections()) {
      put(connections, CONNECTION, connection, connection.id(), VisibleText.line(connection.url()));
    }
    Anchors runs = new Anchors(RUN);
    for (Run run : postMortem.runs()) {
      put(runs, RUN, run, run.id(), VisibleText.label(run.id()));
    }
    postMortem.verdict().culprits().forEach(c -> named.put(c.id(), "named in the verdict"));
    postMortem.findings().forEach(f -> named.putIfAbsent(f.where(), "named in a finding"));
  }

  private void put(Anchors anchors, String kind, Object row, String id, String text) {
    String anchor = anchors.take(id);
    this.anchors.put(row, anchor);
    links.putIfAbsent(kind + id, new Link(anchor, VisibleText.shorten(text, LINK_TEXT)));
  }

  /** The fragment of this very row. */
  public String anchor(Object row) {
    return anchors.get(row);
  }

  /** A link to the row with this id, null where the page has none. */
  public Link link(String kind, String id) {
    return links.get(kind + id);
  }

  /** A link to the test, query, connection or run with this id, null where there is none. */
  public Link anywhere(String id) {
    return Stream.of(TEST, QUERY, CONNECTION, RUN)
        .map(kind -> link(kind, id))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Links to the first of these rows. */
  public List<Link> links(String kind, Collection<String> ids) {
    return ids.stream().map(id -> link(kind, id)).filter(Objects::nonNull).limit(LINKS).toList();
  }

  /** The fragments of all these rows. */
  public Set<String> anchorsOf(String kind, Collection<String> ids) {
    return ids.stream()
        .map(id -> link(kind, id))
        .filter(Objects::nonNull)
        .map(Link::anchor)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Who names it, empty for nobody. */
  public String named(String id) {
    return named.getOrDefault(id, "");
  }

  /** Whether the verdict or a finding names it. */
  public boolean guilty(String id) {
    return named.containsKey(id);
  }

  /** Method and display name, or for a class's fixtures the class. */
  public static String title(TestResult test) {
    String method = VisibleText.line(test.methodName());
    String display = VisibleText.line(test.displayName());
    if (method.isEmpty()) {
      return display.isEmpty() ? simpleClass(test.className()) : display;
    }
    boolean same = display.isEmpty() || display.equals(method) || display.equals(method + "()");
    return same ? method : method + " · " + display;
  }

  private static String simpleClass(String name) {
    String line = VisibleText.line(name);
    return line.substring(line.lastIndexOf('.') + 1);
  }
}
