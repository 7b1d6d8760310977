// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.input.box.WrittenBox;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.LiveThread;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.RunningQuery;
import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunningQueryEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that broke off owes to its black box. */
class BoxJoinTest {
  @TempDir private Path folder;

  @Test
  void a_run_killed_before_the_first_flush_still_tells_what_it_did() throws IOException {
    WrittenBox.in(folder);

    Facts facts = read();

    assertThat(facts.runs().get(0).ending()).isEqualTo(Ending.KILLED);
    assertThat(facts.runs().get(0).pid()).isEqualTo(4711);
    assertThat(facts.runs().get(0).memoryAtEnd().rssBytes()).isEqualTo(3000);
    assertThat(facts.timeline().samples())
        .extracting(MemorySample::rssBytes)
        .containsExactly(1000L, 2000L, 3000L);
    assertThat(facts.tests())
        .extracting(TestResult::displayName, TestResult::status)
        .containsExactlyInAnyOrder(
            tuple("saves 1", TestStatus.FAILED),
            tuple("saves 2", TestStatus.UNKNOWN),
            tuple("saves 3", TestStatus.RUNNING_AT_END));
    LiveThread thread = facts.liveThreads().get(0);
    assertThat(facts.test(thread.testId()).displayName()).isEqualTo("saves 3");
    assertThat(thread.sql()).isEqualTo(WrittenBox.SQL);
    assertThat(thread.queryId()).isEqualTo(QueryMerge.id(WrittenBox.SQL_ID));
    assertThat(thread.runningNanos()).isNotNegative();
    assertThat(thread.nativeHeldBytes()).isEqualTo(-5);
  }

  @Test
  void a_recording_of_which_nothing_was_flushed_costs_only_itself() throws IOException {
    WrittenBox.in(folder);
    Files.createDirectory(folder.resolve("repository"));
    Files.writeString(folder.resolve("repository/1.jfr"), "");

    Recordings read = Recordings.read(List.of(folder), bytes -> {});

    assertThat(read.problems()).isEmpty();
    assertThat(read.facts().tests()).hasSize(3);
    assertThat(read.facts().quality().notes()).anyMatch(note -> note.contains("1.jfr"));
  }

  @Test
  void extends_a_recording_and_repeats_none_of_it() throws IOException {
    Path written = WrittenBox.in(Files.createDirectory(folder.resolve("early")));
    Path run = Files.createDirectory(folder.resolve("run"));
    try (RecordedRun recorded = new RecordedRun()) {
      recorded.test(1, "one").to(run.resolve("recording.jfr"));
    }
    Files.move(written, run.resolve(BoxLayout.FILE_NAME));

    Facts facts = Recordings.read(List.of(run), bytes -> {}).facts();

    assertThat(facts.tests())
        .extracting(TestResult::methodName, TestResult::status)
        .containsExactlyInAnyOrder(
            tuple("one", TestStatus.PASSED),
            tuple("saves2", TestStatus.UNKNOWN),
            tuple("saves3", TestStatus.RUNNING_AT_END));
  }

  @Test
  void a_test_that_ended_after_the_last_flush_has_its_end() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    box.testStarted(WrittenBox.test(2));
    box.testEnded(2, "passed");
    box.testStarted(WrittenBox.test(3));
    MemorySampleEvent later = new MemorySampleEvent();
    later.rss = 5000;
    box.sample(later);

    Facts facts = read();

    TestResult over = facts.tests().get(0);
    assertThat(over.status()).isEqualTo(TestStatus.PASSED);
    assertThat(over.durationNanos()).isPositive();
    assertThat(facts.timeline().spans())
        .filteredOn(span -> span.testId().equals(over.id()))
        .allMatch(span -> span.to().equals(over.startedAt().plusNanos(over.durationNanos())));
    assertThat(facts.tests().get(1).durationNanos()).isNull();
  }

  @Test
  void a_connection_that_was_closed_after_the_last_flush_holds_nothing() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    try (RecordedRun recorded = new RecordedRun()) {
      for (long id = 1; id <= 2; id++) {
        open(id);
      }
      recorded.to(folder.resolve("recording.jfr"));
    }
    box.connectionClosed(2);
    box.connectionClosed(3);

    assertThat(read().connections())
        .extracting(Connection::url, one -> one.closedAt() != null, Connection::openStatements)
        .containsExactlyInAnyOrder(tuple("jdbc:1", false, 4L), tuple("jdbc:2", true, 0L));
  }

  private static void open(long id) {
    ConnectionOpenEvent open = new ConnectionOpenEvent();
    open.connectionId = id;
    open.url = "jdbc:" + id;
    open.commit();
    ConnectionStateEvent state = new ConnectionStateEvent();
    state.connectionId = id;
    state.nativeHeld = 1 << 20;
    state.openStatements = 4;
    state.commit();
  }

  @Test
  void a_process_that_ended_after_the_last_flush_outlived_nothing() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    try (RecordedRun recorded = new RecordedRun()) {
      recorded.test(1, "one");
      for (long pid = 50; pid <= 51; pid++) {
        ChildStartEvent start = new ChildStartEvent();
        start.processId = pid;
        start.startTicks = 7;
        start.testId = 1;
        start.commit();
      }
      recorded.to(folder.resolve("recording.jfr"));
    }
    box.processEnded(50, 7);
    box.processEnded(51, 8);

    assertThat(read().shared().processes())
        .extracting(ChildProcess::pid, one -> one.endedAt() != null)
        .containsExactlyInAnyOrder(tuple(50L, true), tuple(51L, false));
  }

  @Test
  void a_query_that_its_thread_has_left_runs_no_more() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    Thread here = Thread.currentThread();
    box.thread(here).work(0, 5, 7, System.nanoTime(), 1, 1, 1);
    try (RecordedRun recorded = new RecordedRun()) {
      running(4, here.getName());
      running(5, here.getName());
      running(6, "a thread that the box had no room for");
      recorded.to(folder.resolve("recording.jfr"));
    }

    assertThat(read().service().runningQueries())
        .extracting(RunningQuery::query, RunningQuery::atEnd)
        .containsExactlyInAnyOrder(
            tuple(QueryMerge.id(4), false),
            tuple(QueryMerge.id(5), true),
            tuple(QueryMerge.id(6), true));
  }

  /** Its box is told of the end, too, and names no query any more. */
  @Test
  void of_a_recording_that_ended_in_order_its_counts_tell_what_came_back() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    Thread here = Thread.currentThread();
    box.thread(here).work(0, 0, 0, System.nanoTime(), 1, 1, 1);
    try (RecordedRun recorded = new RecordedRun()) {
      counted(6, 1);
      RunEndEvent end = new RunEndEvent();
      end.reason = RunEndEvent.DETACHED;
      end.commit();
      running(4, here.getName());
      running(5, here.getName());
      running(6, here.getName());
      counted(4, 1);
      counted(5, 0);
      recorded.to(folder.resolve("recording.jfr"));
    }

    assertThat(read().service().runningQueries())
        .extracting(RunningQuery::query, RunningQuery::atEnd)
        .containsExactlyInAnyOrder(
            tuple(QueryMerge.id(4), false),
            tuple(QueryMerge.id(5), true),
            tuple(QueryMerge.id(6), true));
  }

  private static void counted(long sql, long executions) {
    QueryTotalEvent event = new QueryTotalEvent();
    event.sqlId = sql;
    event.connectionId = 7;
    event.executions = executions;
    event.commit();
  }

  private static void running(long sql, String thread) {
    RunningQueryEvent event = new RunningQueryEvent();
    event.sqlId = sql;
    event.connectionId = 7;
    event.threadName = thread;
    event.runningMillis = 1000;
    event.commit();
  }

  @Test
  void one_of_another_version_is_named_and_the_rest_is_read() throws IOException {
    Path file = WrittenBox.in(folder);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).put(BoxLayout.VERSION_AT, (byte) 99);
    Files.write(file, bytes);
    try (RecordedRun recorded = new RecordedRun()) {
      recorded.test(1, "one").to(folder.resolve("recording.jfr"));
    }

    Facts facts = read();

    assertThat(facts.tests()).hasSize(1);
    assertThat(facts.quality().notes()).singleElement().asString().contains("version 99");
  }

  @Test
  void a_run_that_ended_in_order_needs_none() throws IOException {
    WrittenBox.in(folder);
    Files.writeString(folder.resolve("run.json"), "{\"ending\":\"clean\"}");

    assertThat(read().liveThreads()).isEmpty();
  }

  private Facts read() {
    return Recordings.read(List.of(folder), bytes -> {}).facts();
  }
}
