// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.model.Ending;
import io.memreport.model.Leak;
import io.memreport.model.PostMortem;
import io.memreport.model.Quality;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.TestStatus;
import io.memreport.model.Timeline;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.sql.Borrow;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.sql.OpenResult;
import io.memreport.model.sql.Pool;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryHeap;
import io.memreport.model.sql.QueryWork;
import io.memreport.model.sql.Retention;
import io.memreport.model.sql.ServiceFacts;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Check;
import io.memreport.model.verdict.Check.Result;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A post-mortem under construction: one run of half a minute, by default without a test. */
public final class Suite {
  static final long MIB = 1024 * 1024;
  static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private final List<TestResult> tests = new ArrayList<>();
  private final List<Query> queries = new ArrayList<>();
  private final List<TestSpan> spans = new ArrayList<>();
  private final List<Culprit> culprits = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<MemorySample> samples = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final List<Pool> pools = new ArrayList<>();
  private final List<OpenResult> openResults = new ArrayList<>();
  private static final List<Check> CHECKS =
      List.of(
          new Check("sqlite.page-cache-retained", Result.FOUND, null),
          new Check("sqlite.wal-growth", Result.FINE, null),
          new Check("sqlite.long-query", Result.FINE, null),
          new Check("native.memory-retained", Result.UNDECIDED, "<b>It grew</b> by 70 MiB"),
          new Check("pool.connection-not-returned", Result.NOT_APPLICABLE, "no pool was recorded"),
          new Check("oom.java-heap", Result.NOT_APPLICABLE, "no JVM was killed"),
          new Check("oom.metaspace", Result.NOT_APPLICABLE, "no JVM was killed"));

  private final List<Retention> retention = new ArrayList<>();
  private final List<NativeLibrary> libraries = new ArrayList<>();
  private String headline = "Nothing was left behind: 0 tests gave back what they took.";
  private Ending ending = Ending.CLEAN;

  /** Four tests that leave memory behind among two dozen that do not. */
  public static PostMortem guilty() {
    Suite suite = new Suite();
    suite.headline =
        "4 of 25 tests left 62.1 MiB behind, most of it a page cache that OrderSearchTest filled.";
    for (int i = 0; i < 20; i++) {
      suite.test(
          "t%02d".formatted(i), "com.acme.orders.OrderTest", "places" + i, 0L, 0L, "q" + i % 5);
    }
    suite.test(
        "cache",
        "com.acme.orders.OrderSearchTest",
        "searchesAllOrders",
        42_506_208L,
        0L,
        "q-sort",
        "q1");
    suite.test("stmts", "com.acme.orders.InvoiceTest", "printsInvoices", 9 * MIB, 0L, "q2");
    suite.test("sort", "com.acme.orders.ReportTest", "ranksCustomers", 0L, 0L, "q-sort", "q3");
    suite.test("heap", "com.acme.orders.SessionTest", "remembersSessions", 0L, 12 * MIB, "q4");
    suite.fixture("fixture", "com.acme.orders.OrderSearchTest");
    for (int i = 0; i < 5; i++) {
      suite.query(
          "q" + i,
          "select id, customer, total from orders where id = ? and region" + i + " = ?",
          0L);
    }
    suite.query(
        "q-sort",
        "select o.id, o.customer, c.name, sum(l.price * l.quantity) as total from orders o join customers c on"
            + " c.id = o.customer join lines l on l.order_id = o.id where o.placed > ? group by o.id\n"
            + "  order by total desc",
        42_506_208L);
    suite.blame("test", "cache", "OrderSearchTest searchesAllOrders", 42_506_208L);
    suite.blame("test", "heap", "SessionTest remembersSessions", 12 * MIB);
    suite.blame("test", "stmts", "InvoiceTest printsInvoices", 9 * MIB);
    suite.blame("test", "sort", "ReportTest ranksCustomers", 1 * MIB);
    suite.find(
        "sqlite.page-cache-kept",
        Severity.CRITICAL,
        "A page cache of 40.5 MiB outlives its test",
        "PRAGMA cache_size is -1000000 (977 MiB) on a connection that stays open.",
        "Set PRAGMA cache_size to -16000 on the pool's connections, or close the connection in @AfterEach.",
        "cache");
    suite.find(
        "java.static-map",
        Severity.WARNING,
        "A static map holds 12.0 MiB after its test",
        "byte[] reached from com.acme.orders.Sessions.ALL.",
        "Clear Sessions.ALL in @AfterEach.",
        "heap");
    suite.find(
        "sqlite.statement-open",
        Severity.WARNING,
        "1,024 statements were never closed",
        "They hold 9.00 MiB.",
        "Close statements: use try-with-resources.",
        "stmts");
    suite.find(
        "sqlite.sort-in-memory",
        Severity.INFO,
        "A sort took 96.0 MiB at its peak",
        "temp_store is memory.",
        "Set PRAGMA temp_store=file, or add an index for order by total.",
        "sort");
    suite.connections.add(
        new Connection(
            "c1",
            "run-1",
            "jdbc:sqlite:/tmp/orders.db",
            "cache",
            START.plusSeconds(2),
            null,
            Map.of("cache_size", "-1000000", "temp_store", "2", "journal_mode", "wal"),
            new ConnectionHeap(42_506_208L, 41_000_000L, 12_345L, null, 1000L, 20L, 0L, null, null),
            1,
            new ConnectionStatus(
                "org.sqlite.jdbc4.JDBC4Connection",
                "com.acme.OrderTest.open(OrderTest.java:42)",
                null,
                1L,
                2L,
                1L,
                31_000L,
                4 * MIB,
                64 * MIB,
                null)));
    suite.findings.set(
        0,
        suite
            .findings
            .get(0)
            .about(42_506_208L)
            .mendedBy(SettingFix.of(suite.connections.get(0), "cache_size", "-16000", 25 * MIB)));
    suite.pools.add(
        new Pool(
            "p1",
            "run-1",
            "hikari",
            "HikariPool-1",
            10,
            10,
            600_000L,
            1_800_000L,
            0L,
            30_000L,
            0L,
            "PRAGMA cache_size = -1000000; PRAGMA temp_store = 2",
            2,
            4,
            0,
            10,
            9,
            0,
            2,
            List.of(
                new Borrow(null, "p1", "worker-1", START.plusSeconds(3), START.plusMillis(5_500)),
                new Borrow("c1", "p1", "worker-2", START.plusSeconds(22), null))));
    suite.openResults.add(
        new OpenResult("run-1", "sort", "c1", "select id from orders", 1, 1, 31_000, 5_000L));
    suite.retention.add(
        new Retention(
            "run-1",
            400 * MIB,
            450 * MIB,
            51 * MIB,
            List.of(
                new Retention.Holder(
                    "c1",
                    "jdbc:sqlite:/tmp/orders.db",
                    42_506_208L,
                    41_000_000L,
                    12_345L,
                    5_000L,
                    1_488_863L,
                    null,
                    31_000L)),
            30 * MIB,
            20 * MIB,
            18 * MIB,
            299 * MIB,
            "Most of it, 299 MiB, is not SQLite's."));
    suite.libraries.add(
        new NativeLibrary("run-1", "libsqlitejdbc.so", true, null, 51 * MIB, 120 * MIB, 900 * MIB));
    suite.memory();
    return suite.build();
  }

  /** The guilty suite in two JVMs at once, the second killed; row for row with the same ids. */
  static PostMortem twice() {
    PostMortem once = guilty();
    Run run = once.runs().get(0);
    Run killed =
        new Run(
            "run-2",
            4712L,
            run.startedAt(),
            run.endedAt(),
            Role.TEST_FORK,
            Ending.KILLED,
            null,
            run.memoryAtEnd(),
            RunContext.NONE);
    List<TestResult> tests = new ArrayList<>(once.tests());
    tests.addAll(
        once.tests().stream()
            .map(
                t ->
                    new TestResult(
                        t.id(),
                        "run-2",
                        t.kind(),
                        t.className(),
                        t.methodName(),
                        t.displayName(),
                        t.status(),
                        t.startedAt(),
                        t.durationNanos(),
                        t.threadCount(),
                        t.heap(),
                        t.sqlite(),
                        t.shared(),
                        t.leaks(),
                        t.queries(),
                        List.of(),
                        null))
            .toList());
    List<MemorySample> samples = new ArrayList<>(once.timeline().samples());
    samples.addAll(
        samples.stream()
            .map(
                s ->
                    new MemorySample(
                        "run-2",
                        s.at(),
                        s.rssBytes(),
                        s.javaHeapBytes(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
            .toList());
    return new PostMortem(
        once.schema(),
        once.verdict(),
        List.of(run, killed),
        tests,
        once.queries(),
        once.connections(),
        once.pools(),
        null,
        List.of(),
        once.nativeLibraries(),
        once.heapSites(),
        once.allocations(),
        once.findings(),
        once.quality(),
        new Timeline(
            samples,
            once.timeline().spans().stream()
                .flatMap(
                    span ->
                        Stream.of(
                            span, new TestSpan(span.testId(), "run-2", span.from(), span.to())))
                .sorted(TestSpan.BY_TIME)
                .toList()),
        List.of(),
        null,
        List.of(),
        List.of(),
        ServiceFacts.NONE,
        List.of(),
        List.of());
  }

  /** So many tests and queries, none guilty but the first of each. */
  public static PostMortem large(int tests, int queries) {
    Suite suite = new Suite();
    Map<Integer, Set<String>> ran = new HashMap<>();
    for (int i = 0; i < tests; i++) {
      suite.test(
          "n" + i,
          "com.acme.warehouse.Bulk" + i / 50 + "Test",
          "case" + i,
          (long) i * 1000,
          0L,
          Stream.of("q" + i % queries, "q" + i * 7L % queries).distinct().toArray(String[]::new));
      ran.computeIfAbsent(i % queries, query -> new LinkedHashSet<>()).add("n" + i);
      ran.computeIfAbsent((int) (i * 7L % queries), query -> new LinkedHashSet<>()).add("n" + i);
    }
    for (int i = 0; i < queries; i++) {
      suite.query(
          "q" + i,
          "select a, b, c from table_" + i + " where id = ? order by b",
          (long) i * 512,
          ran.getOrDefault(i, Set.of()).toArray(String[]::new));
    }
    suite.blame("test", "n0", "Bulk0Test case0", 1L);
    suite.memory();
    return suite.build();
  }

  /** One test and as many samples as the analysis keeps of a run. */
  static PostMortem hours(int hours) {
    Suite suite = new Suite();
    suite.test("long", "com.acme.SoakTest", "runs", 0L, 0L);
    suite.memory(2_000, hours * 3_600_000L / 2_000);
    return suite.build();
  }

  /** Tests that gave everything back. */
  static PostMortem clean() {
    Suite suite = new Suite();
    suite.headline = "No leaks found in 40 tests.";
    for (int i = 0; i < 40; i++) {
      suite.test("n" + i, "com.acme.Order" + i / 8 + "Test", "places" + i, 0L, 0L);
    }
    suite.memory();
    return suite.build();
  }

  /** A service that keeps what its report took: queries, and no tests. */
  static PostMortem service() {
    PostMortem suite = guilty();
    Suite service = new Suite();
    service.headline = "A page cache of 40.5 MiB stays with an open connection.";
    service.queries.addAll(suite.queries());
    service.connections.addAll(suite.connections());
    service.pools.addAll(suite.pools());
    service.retention.addAll(suite.retention());
    service.findings.add(suite.findings().get(0));
    service.blame("connection", "c1", "jdbc:sqlite:/tmp/orders.db", 42_506_208L);
    service.memory();
    return service.build();
  }

  public static PostMortem empty() {
    return new Suite().build();
  }

  /** A test that was running when the JVM died, and of which no figure is known. */
  static PostMortem unmeasured() {
    Suite suite = new Suite();
    suite.tests.add(
        new TestResult(
            "bare",
            "run-1",
            TestKind.TEST,
            "com.acme.BareTest",
            "runs",
            null,
            TestStatus.RUNNING_AT_END,
            START,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null));
    suite.spans.add(new TestSpan("bare", "run-1", START, null));
    suite.connections.add(
        new Connection(
            "c", "run-1", "jdbc:h2:mem:", null, START, null, null, null, 0, ConnectionStatus.NONE));
    suite.pools.add(
        new Pool(
            "p", "run-1", "agroal", null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, 0, List.of()));
    suite.libraries.add(
        new NativeLibrary("run-1", "sqlite", true, "musl is not supported", null, null, null));
    suite.memory();
    return suite.build();
  }

  /** Every text is the given one. */
  static PostMortem hostile(String text) {
    Suite suite = new Suite();
    suite.headline = text;
    suite.test(text, text, text, 5 * MIB, null, text);
    suite.query(text, text, 5 * MIB);
    suite.blame("test", text, text, 5 * MIB);
    suite.find(text, Severity.CRITICAL, text, text, text, text);
    suite.connections.add(
        new Connection(
            text,
            "run-1",
            text,
            text,
            START,
            null,
            Map.of(text, text),
            new ConnectionHeap(1L, null, null, null, null, null, null, null, null),
            0,
            new ConnectionStatus(text, text, 1L, 1L, 1L, 1L, 1L, 1L, 1L, null)));
    suite.openResults.add(new OpenResult("run-1", text, text, text, 1, 1, 5000, 100L));
    suite.retention.add(
        new Retention(
            text,
            400 * MIB,
            null,
            null,
            List.of(new Retention.Holder(text, text, 1L, null, null, null, null, null, null)),
            null,
            null,
            null,
            null,
            text));
    suite.pools.add(
        new Pool(
            text,
            "run-1",
            text,
            text,
            -1,
            0,
            0L,
            0L,
            0L,
            -1L,
            0L,
            text,
            null,
            1,
            0,
            1,
            0,
            0,
            1,
            List.of(new Borrow(text, text, text, START, null))));
    suite.libraries.add(new NativeLibrary("run-1", text, true, text, null, null, null));
    suite.memory();
    return suite.build();
  }

  void test(String id, String className, String method, Long sqlite, Long heap, String... queries) {
    int n = tests.size();
    Instant at = START.plusMillis(500 + n * 29_000L / 30 % 29_000);
    tests.add(
        new TestResult(
            id,
            "run-1",
            TestKind.TEST,
            className,
            method,
            method + "()",
            n == 3 ? TestStatus.FAILED : TestStatus.PASSED,
            at,
            800_000_000L + n * 1_000_000L,
            12,
            new HeapUse(3 * MIB + n, heap),
            new NativeUse(110 * MIB, 2 * MIB + n * 1024L, sqlite),
            null,
            sqlite != null && sqlite >= 5 * MIB
                ? List.of(new Leak("connection", "open connection " + className, sqlite, at))
                : List.of(),
            Stream.of(queries).sorted().toList(),
            List.of(),
            null));
    spans.add(new TestSpan(id, "run-1", at, at.plusMillis(800 + n)));
  }

  void fixture(String id, String className) {
    tests.add(
        new TestResult(
            id,
            "run-1",
            TestKind.FIXTURE,
            className,
            null,
            null,
            TestStatus.PASSED,
            START,
            90_000_000L,
            null,
            new HeapUse(MIB, null),
            new NativeUse(MIB, MIB, 0L),
            null,
            List.of(),
            List.of(),
            List.of(),
            null));
    spans.add(new TestSpan(id, "run-1", START, START.plusMillis(90)));
  }

  void query(String id, String sql, Long retained, String... ran) {
    queries.add(
        new Query(
            id,
            sql,
            1200,
            54_321,
            2_500_000_000L,
            95_000_000L,
            0,
            0,
            0,
            new QueryHeap(77_000L),
            new NativeUse(109_619_320L, 109_619_320L, retained),
            List.of(ran),
            List.of(),
            QueryWork.NONE));
  }

  void blame(String type, String id, String name, Long bytes) {
    culprits.add(new Culprit(type, id, name, bytes));
  }

  void find(
      String id, Severity severity, String title, String evidence, String advice, String where) {
    findings.add(new Finding(id, severity, title, evidence, advice, where));
  }

  /** Samples for half a minute in which SQLite's heap grows to 48 MiB. */
  void memory() {
    memory(300, 100);
  }

  /** The same for so many samples. */
  private void memory(int last, long millis) {
    for (int i = 0; i <= last; i++) {
      long sqlite = i < 200 ? 2 * MIB + i * MIB / 100 : 48 * MIB;
      long heap = 60 * MIB + i % 40 * MIB;
      samples.add(
          new MemorySample(
              "run-1",
              START.plusMillis(i * millis),
              190 * MIB + sqlite + i % 40 * MIB,
              heap,
              22 * MIB,
              9 * MIB,
              2 * MIB,
              sqlite,
              null,
              260 * MIB,
              512 * MIB,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null));
    }
  }

  PostMortem build() {
    boolean sampled = !samples.isEmpty();
    MemoryAtEnd end =
        new MemoryAtEnd(
            258 * MIB, 80 * MIB, 22 * MIB, 9 * MIB, 11 * MIB, null, 2 * MIB, 48 * MIB, null,
            31 * MIB, 55 * MIB, null, null, null);
    Verdict verdict =
        culprits.isEmpty()
            ? new Verdict(
                VerdictKind.CLEAN,
                null,
                Cause.NONE,
                Confidence.CERTAIN,
                headline,
                List.of(),
                List.of(),
                List.of())
            : new Verdict(
                VerdictKind.LEAK,
                null,
                Cause.SQLITE_PAGE_CACHE,
                Confidence.LIKELY,
                headline,
                culprits,
                List.of(
                    new Evidence(
                        "SQLite heap rose by 40.5 MiB in one test and never fell again",
                        "recording",
                        START.plusSeconds(22)),
                    new Evidence(
                        "Its connection is open with cache_size -1000000", "recording", null)),
                List.of("Exact Java heap per test: run again with leaks=gc."));
    return new PostMortem(
        "memreport/1",
        verdict,
        List.of(
            new Run(
                "run-1",
                4711L,
                START,
                START.plusSeconds(30),
                Role.TEST_FORK,
                ending,
                sampled ? 512 * MIB : null,
                sampled ? end : null,
                RunContext.NONE)),
        tests,
        queries,
        connections,
        pools,
        null,
        List.of(),
        libraries,
        List.of(),
        List.of(),
        findings,
        new Quality(
            0.05,
            0,
            List.of("Shared memory of other processes is not visible from this container.")),
        new Timeline(samples, spans.stream().sorted(TestSpan.BY_TIME).toList()),
        List.of(),
        null,
        List.of(),
        List.of(),
        new ServiceFacts(openResults, List.of(), List.of()),
        retention,
        CHECKS);
  }
}
