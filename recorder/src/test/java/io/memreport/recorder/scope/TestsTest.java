// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import java.io.IOException;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

class TestsTest {
  /** Prime, so that a sum shows what was counted. */
  private static final int CHUNK = 1_999_993;

  private static final long JVM_OVERHEAD = 64 << 10;

  private final UniqueId engine = UniqueId.forEngine("demo");
  private final UniqueId classId = engine.append("class", "shop.OrderTest");
  private final TestDescriptor orderTest =
      node(classId, "OrderTest", ClassSource.from("shop.OrderTest"), TestDescriptor.Type.CONTAINER);
  private final TestDescriptor saves = method("saves()");
  private final TestDescriptor loads = method("loads()");
  private Object sink;

  @AfterEach
  void is_left_with_nothing_active() {
    assertThat(Tests.sole()).isNull();
  }

  @Test
  void gives_each_test_its_heap_and_the_class_its_fixtures() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object outer = Tests.enter(orderTest);
              sink = new byte[3 * CHUNK];
              Object first = Tests.enter(saves);
              sink = new byte[CHUNK];
              Tests.exit(first, null);
              Object second = Tests.enter(loads);
              sink = new byte[5 * CHUNK];
              Tests.exit(second, null);
              Tests.exit(outer, null);
            });
    assertHeap(recorded, "OrderTest", 3 * CHUNK);
    assertHeap(recorded, "saves()", CHUNK);
    assertHeap(recorded, "loads()", 5 * CHUNK);
    assertThat(start(recorded, "saves()").getLong("parentId"))
        .isEqualTo(start(recorded, "OrderTest").getLong("testId"));
    assertThat(start(recorded, "OrderTest").getString("kind")).isEqualTo("class");
    assertThat(start(recorded, "saves()").getString("kind")).isEqualTo("test");
    assertThat(start(recorded, "saves()").getString("engine")).isEqualTo("demo");
    assertThat(start(recorded, "saves()").getString("methodName")).isEqualTo("saves");
  }

  @Test
  void takes_bracket_and_listener_for_the_same_test() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object entered = Tests.enter(saves);
              Tests.started(saves);
              Tests.started(saves);
              Tests.finished(saves, TestExecutionResult.failed(new AssertionError()));
              Tests.finished(saves, TestExecutionResult.failed(new AssertionError()));
              Tests.exit(entered, null);
            });
    assertThat(recorded.named(TestEvent.NAME)).hasSize(1);
    assertThat(end(recorded, "saves()").getString("status")).isEqualTo("failed");
  }

  @Test
  void a_test_that_ends_with_what_no_engine_reports_has_failed() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object entered = Tests.enter(saves);
              Tests.exit(entered, new OutOfMemoryError("Java heap space"));
              Object reported = Tests.enter(loads);
              Tests.finished(loads, TestExecutionResult.successful());
              Tests.exit(reported, null);
            });
    assertThat(end(recorded, "saves()").getString("status")).isEqualTo("failed");
    assertThat(end(recorded, "saves()").getString("failure"))
        .isEqualTo("java.lang.OutOfMemoryError: Java heap space");
    assertThat(end(recorded, "loads()").getString("status")).isEqualTo("passed");
  }

  @Test
  void measures_tests_of_engines_that_only_report() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Tests.started(saves);
              sink = new byte[CHUNK];
              Tests.finished(saves, TestExecutionResult.successful());
              Tests.skipped(loads);
            });
    assertHeap(recorded, "saves()", CHUNK);
    assertThat(end(recorded, "saves()").getString("status")).isEqualTo("passed");
    assertThat(end(recorded, "loads()").getString("status")).isEqualTo("skipped");
  }

  @Test
  void finds_the_test_of_a_query_by_thread_then_by_inheritance_then_as_the_only_one()
      throws Exception {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object entered = Tests.enter(saves);
              query("select thread");
              run(new Thread(() -> query("select inherited")));
              Tests.exit(entered, null);
              Tests.started(loads);
              run(new Thread(null, () -> query("select sole"), "born elsewhere", 0, false));
              Tests.finished(loads, TestExecutionResult.successful());
              query("select none");
            });
    assertAttribution(recorded, "select thread", "saves()", "thread");
    assertAttribution(recorded, "select inherited", "saves()", "inherited");
    assertAttribution(recorded, "select sole", "loads()", "sole");
    RecordedEvent none = total(recorded, "select none");
    assertThat(none.getLong("testId")).isEqualTo(MemreportEvent.OUTSIDE_TESTS);
    assertThat(none.getString("attribution")).isEqualTo("none");
  }

  @Test
  void attributes_to_no_test_when_several_run_on_other_threads() throws IOException {
    Recorded recorded =
        Recorded.during(
            () -> {
              Object first = Tests.enter(saves);
              run(
                  new Thread(
                      null,
                      () -> {
                        Object second = Tests.enter(loads);
                        run(new Thread(null, () -> query("select whose"), "x", 0, false));
                        Tests.exit(second, null);
                      },
                      "worker",
                      0,
                      false));
              Tests.exit(first, null);
            });
    assertThat(total(recorded, "select whose").getLong("testId"))
        .isEqualTo(MemreportEvent.OUTSIDE_TESTS);
  }

  private void assertHeap(Recorded recorded, String name, long bytes) {
    assertThat(end(recorded, name).getLong("heapAllocated")).isBetween(bytes, bytes + JVM_OVERHEAD);
  }

  private void assertAttribution(Recorded recorded, String sql, String test, String rule) {
    RecordedEvent total = total(recorded, sql);
    assertThat(total.getLong("testId")).isEqualTo(start(recorded, test).getLong("testId"));
    assertThat(total.getString("attribution")).isEqualTo(rule);
  }

  private static RecordedEvent total(Recorded recorded, String sql) {
    return recorded.named(QueryTotalEvent.NAME).stream()
        .filter(event -> recorded.text(event.getLong("sqlId")).equals(sql))
        .findFirst()
        .orElseThrow();
  }

  private static RecordedEvent start(Recorded recorded, String displayName) {
    return recorded.named(TestStartEvent.NAME).stream()
        .filter(event -> event.getString("displayName").equals(displayName))
        .findFirst()
        .orElseThrow();
  }

  private static RecordedEvent end(Recorded recorded, String displayName) {
    long id = start(recorded, displayName).getLong("testId");
    return recorded.named(TestEvent.NAME).stream()
        .filter(event -> event.getLong("testId") == id)
        .findFirst()
        .orElseThrow();
  }

  private static void query(String sql) {
    Object connection = new Object();
    Object statement = new Object();
    JdbcConnections.connected(connection, "jdbc:x:y");
    Jdbc.end(Jdbc.begin(statement, connection, sql, false), sql, false, false, false, null);
  }

  private static void run(Thread thread) {
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestDescriptor method(String name) {
    MethodSource source = MethodSource.from("shop.OrderTest", name.replace("()", ""));
    return node(classId.append("method", name), name, source, TestDescriptor.Type.TEST);
  }

  private static TestDescriptor node(
      UniqueId id, String name, TestSource source, TestDescriptor.Type type) {
    return new AbstractTestDescriptor(id, name, source) {
      @Override
      public Type getType() {
        return type;
      }
    };
  }
}
