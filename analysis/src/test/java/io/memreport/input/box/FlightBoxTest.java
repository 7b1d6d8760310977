// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.input.run.UnreadableInputException;
import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.BoxCheck;
import io.memreport.recorder.box.BoxEnd;
import io.memreport.recorder.box.BoxGauge;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.event.TestStartEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class FlightBoxTest {
  @TempDir private Path folder;

  @Test
  void reads_errors_and_the_exit_that_native_code_wrote() throws IOException {
    Path file = WrittenBox.in(folder);
    ByteBuffer box = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    exhausted(box, 0, 1, 3, "Java heap space");
    exhausted(box, 3, 900, BoxLayout.EXHAUSTED_EXIT, "3");
    exhausted(box, 2, 3, 3, "Metaspace");
    // Torn.
    box.put(
        BoxLayout.EXHAUSTED_AT + 2 * BoxLayout.EXHAUSTED_SIZE + BoxLayout.EXHAUSTED_TEXT,
        (byte) 'X');
    Files.write(file, box.array());
    assertThat(FlightBox.read(file).exhaustions())
        .containsExactly(
            new BoxExhaustion(1, Instant.ofEpochMilli(2_000_000), false, "Java heap space", 17),
            new BoxExhaustion(900, Instant.ofEpochMilli(2_000_000), true, "3", 17));
  }

  private static void exhausted(ByteBuffer box, int slot, long number, long flags, String text) {
    int at = BoxLayout.EXHAUSTED_AT + slot * BoxLayout.EXHAUSTED_SIZE;
    box.putLong(at + BoxLayout.EXHAUSTED_NUMBER, number);
    box.putLong(at + BoxLayout.EXHAUSTED_EPOCH_MILLIS, 2_000_000);
    box.putLong(at + BoxLayout.EXHAUSTED_FLAGS, flags);
    box.putLong(at + BoxLayout.EXHAUSTED_OS_THREAD, 17);
    box.put(at + BoxLayout.EXHAUSTED_TEXT, text.getBytes(StandardCharsets.US_ASCII));
    box.putLong(
        at + BoxLayout.EXHAUSTED_CHECK, BoxCheck.of(box, at, at + BoxLayout.EXHAUSTED_CHECK));
  }

  @Test
  void reads_what_the_recorder_wrote() throws IOException {
    FlightBox box = FlightBox.read(WrittenBox.in(folder));
    assertThat(box.pid()).isEqualTo(4711);
    assertThat(box.startedAt()).isEqualTo(Instant.ofEpochMilli(1_000_000));
    assertThat(box.samplePeriodMillis()).isEqualTo(50);
    assertThat(box.limitBytes()).isNull();
    assertThat(box.cgroupPath()).isEqualTo("/system.slice/ci");
    assertThat(box.command()).isEqualTo("Main a b");
    assertThat(box.samples())
        .extracting(sample -> sample.gauge(BoxGauge.RSS))
        .containsExactly(1000L, 2000L, 3000L);
    assertThat(box.samples().get(2).gauge(BoxGauge.THREADS)).isEqualTo(3);
    assertThat(box.samples().get(2).gauge(BoxGauge.SQLITE_HEAP)).isNull();
    assertThat(box.tests()).extracting(BoxTest::id).containsExactly(1L, 2L, 3L);
    assertThat(box.tests()).extracting(BoxTest::status).containsExactly("failed", null, null);
    assertThat(box.tests()).extracting(BoxTest::running).containsExactly(false, false, true);
    assertThat(box.tests()).extracting(BoxTest::kind).containsExactly("class", "test", "test");
    assertThat(box.tests().get(2))
        .extracting(BoxTest::engine, BoxTest::uniqueId, BoxTest::methodName, BoxTest::displayName)
        .containsExactly(null, "[engine:e]/[test:3]", "saves3", "saves 3");
    assertThat(box.sql()).containsExactly(Map.entry(WrittenBox.SQL_ID, WrittenBox.SQL));
    assertThat(box.threads()).hasSize(1);
    BoxThread thread = box.threads().get(0);
    assertThat(thread.name()).isEqualTo(Thread.currentThread().getName());
    assertThat(thread.testId()).isEqualTo(3);
    assertThat(thread.sqlId()).isEqualTo(WrittenBox.SQL_ID);
    assertThat(thread.connectionId()).isEqualTo(7);
    assertThat(thread.inMemory()).isTrue();
    assertThat(thread.sinceNanoTime()).isNotNull();
    assertThat(thread.nativeAllocatedBytes()).isEqualTo(20);
    assertThat(thread.nativeHeldBytes()).isEqualTo(-5);
    assertThat(thread.heapAllocatedBytes()).isEqualTo(200);
    if (Files.isDirectory(Path.of("/proc/thread-self"))) {
      assertThat(Path.of("/proc/self/task/" + thread.osId() + "/comm")).hasContent(thread.comm());
    }
  }

  @Test
  void a_test_that_ended_says_how_long_it_took() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    long before = System.nanoTime();
    box.testStarted(WrittenBox.test(1));
    box.testStarted(WrittenBox.test(2));
    box.testEnded(1, "passed");
    long most = System.nanoTime() - before;
    List<BoxTest> tests = FlightBox.read(folder.resolve("flight.box")).tests();
    assertThat(tests.get(0).nanos()).isPositive().isLessThanOrEqualTo(most);
    assertThat(tests.get(1).nanos()).isNull();
  }

  @Test
  void a_kill_while_a_test_ends_leaves_it_running() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    box.testStarted(WrittenBox.test(1));
    Path file = folder.resolve("flight.box");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(BoxLayout.TESTS_AT + BoxLayout.TEST_NANOS, 17);
    Files.write(file, bytes.array());
    assertThat(FlightBox.read(file).tests()).extracting(BoxTest::running).containsExactly(true);
  }

  @Test
  void keeps_the_last_ends_of_connections_and_processes() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    Instant before = Instant.now().minusMillis(1);
    for (int i = 1; i <= BoxLayout.ENDS; i++) {
      box.connectionClosed(i);
    }
    box.processEnded(4712, 99);
    List<BoxEnding> endings = FlightBox.read(folder.resolve("flight.box")).endings();
    assertThat(endings)
        .hasSize(BoxLayout.ENDS)
        .allMatch(end -> end.at().isAfter(before) && !end.at().isAfter(Instant.now()));
    assertThat(endings)
        .extracting(BoxEnding::kind, BoxEnding::id, BoxEnding::startTicks)
        .contains(
            tuple(BoxEnd.PROCESS, 4712L, 99L),
            tuple(BoxEnd.CONNECTION, 2L, 0L),
            tuple(BoxEnd.CONNECTION, (long) BoxLayout.ENDS, 0L))
        .doesNotContain(tuple(BoxEnd.CONNECTION, 1L, 0L));
  }

  @Test
  void a_thread_that_is_gone_runs_nothing_at_the_next_sample() throws Exception {
    BlackBox box = WrittenBox.start(folder);
    Thread gone =
        new Thread(
            () -> box.thread(Thread.currentThread()).work(1, WrittenBox.SQL_ID, 7, 1, 1, 1, 1));
    gone.start();
    gone.join();
    box.sample(new MemorySampleEvent());
    assertThat(FlightBox.read(folder.resolve("flight.box")).threads()).isEmpty();
  }

  @Test
  void is_private_and_takes_little_disk() throws IOException {
    Path file = WrittenBox.in(folder);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.size(file)).isEqualTo(BoxLayout.SIZE);
  }

  @Test
  void refuses_another_version_and_what_is_no_black_box() throws IOException {
    Path file = WrittenBox.in(folder);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(BoxLayout.VERSION_AT, 1);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> FlightBox.read(file))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("of version 1, this memreport reads version 2")
        .hasMessageNotContaining("\n");
    bytes.putLong(BoxLayout.MAGIC_AT, 0);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> FlightBox.read(file)).isInstanceOf(UnreadableInputException.class);
    Files.write(file, new byte[BoxLayout.SIZE + 1]);
    assertThatThrownBy(() -> FlightBox.read(file)).isInstanceOf(UnreadableInputException.class);
  }

  @Test
  void a_file_that_is_cut_off_anywhere_loses_entries_and_invents_none() throws IOException {
    Path file = WrittenBox.in(folder);
    byte[] whole = Files.readAllBytes(file);
    Facts truth = Facts.of(FlightBox.read(file));
    List<Integer> lengths = new ArrayList<>(List.of(0, 1, 7, 8, 11, 12, 16, 100, 4095));
    for (int section :
        new int[] {
          BoxLayout.SAMPLES_AT,
          BoxLayout.THREADS_AT,
          BoxLayout.ENDS_AT,
          BoxLayout.TESTS_AT,
          BoxLayout.SQL_AT
        }) {
      for (int more = -8; more < 2100; more += 29) {
        lengths.add(section + more);
      }
    }
    for (int length : lengths) {
      Files.write(file, Arrays.copyOf(whole, length));
      check(file, truth, "cut after " + length);
    }
  }

  @Test
  void changed_bytes_lose_entries_and_invent_none() throws IOException {
    Path file = WrittenBox.in(folder);
    byte[] whole = Files.readAllBytes(file);
    Facts truth = Facts.of(FlightBox.read(file));
    long seed = 20_260_114;
    Random random = new Random(seed);
    List<Integer> used = new ArrayList<>();
    for (int at = 0; at < whole.length; at++) {
      // Counts of what was dropped can't be told from others.
      boolean count = at >= BoxLayout.THREADS_DROPPED && at < BoxLayout.SQL_DROPPED + 8;
      if (whole[at] != 0 && !count) {
        used.add(at);
      }
    }
    for (int i = 0; i < 200; i++) {
      byte[] changed = whole.clone();
      for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
        int near = used.get(random.nextInt(used.size()));
        changed[Math.min(near + random.nextInt(4), whole.length - 1)] ^=
            (byte) (1 << random.nextInt(8));
      }
      Files.write(file, changed);
      check(file, truth, "seed " + seed + ", round " + i);
    }
  }

  /** All that can be told from a box, as it would be printed; of a thread either of its works. */
  private record Facts(
      List<BoxSample> samples,
      List<BoxThread> threads,
      List<BoxTest> tests,
      List<String> sql,
      List<BoxEnding> endings) {
    static Facts of(FlightBox box) {
      return new Facts(
          box.samples(),
          box.threads(),
          box.tests(),
          List.copyOf(box.sql().values()),
          box.endings());
    }
  }

  private static void check(Path file, Facts truth, String what) throws IOException {
    Facts read;
    try {
      read = Facts.of(FlightBox.read(file));
    } catch (UnreadableInputException e) {
      return;
    }
    isPart(read.samples(), truth.samples(), what);
    isPart(read.tests(), truth.tests(), what);
    isPart(read.sql(), truth.sql(), what);
    isPart(read.endings(), truth.endings(), what);
    for (BoxThread thread : read.threads()) {
      BoxThread known = truth.threads().get(0);
      // Where the last change is damaged, the one before it is what is left.
      if (!thread.equals(known)) {
        assertThat(thread.sqlId()).as(what).isZero();
        assertThat(thread.testId()).as(what).isEqualTo(3);
        assertThat(thread.nativeAllocatedBytes()).as(what).isEqualTo(10);
        assertThat(thread.heapAllocatedBytes()).as(what).isEqualTo(100);
        assertThat(thread.name()).as(what).isEqualTo(known.name());
        assertThat(thread.osId()).as(what).isEqualTo(known.osId());
      }
    }
  }

  private static <T> void isPart(Collection<T> read, Collection<T> truth, String what) {
    assertThat(truth).as(what).containsAll(read);
  }

  @Test
  void tables_that_are_full_say_how_much_they_dropped() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    for (int i = 0; i < BoxLayout.SQLS + 3; i++) {
      box.sql(i + 2, "select " + i);
    }
    for (int i = 1; i <= BoxLayout.TESTS + 5; i++) {
      box.testStarted(WrittenBox.test(i));
    }
    for (int i = 0; i < 2 * BoxLayout.SAMPLES + 7; i++) {
      MemorySampleEvent sample = new MemorySampleEvent();
      sample.rss = i;
      box.sample(sample);
    }
    FlightBox read = FlightBox.read(folder.resolve("flight.box"));
    assertThat(read.dropped()).isEqualTo(new FlightBox.Dropped(0, 5, 3));
    assertThat(read.sql()).hasSize(BoxLayout.SQLS);
    assertThat(read.samples()).hasSize(BoxLayout.SAMPLES);
    assertThat(read.samples().get(0).gauge(BoxGauge.RSS)).isEqualTo(BoxLayout.SAMPLES + 7L);
    box.testEnded(9, "passed");
    box.testStarted(WrittenBox.test(1_000_000));
    read = FlightBox.read(folder.resolve("flight.box"));
    assertThat(read.tests())
        .extracting(BoxTest::id)
        .contains(1_000_000L, 8L, 10L)
        .doesNotContain(9L);
  }

  @Test
  void threads_that_are_gone_make_room_for_new_ones() throws Exception {
    BlackBox box = WrittenBox.start(folder);
    for (int i = 0; i < BoxLayout.THREADS; i++) {
      Thread gone = new Thread(() -> box.thread(Thread.currentThread()));
      gone.start();
      gone.join();
    }
    assertThat(box.thread(Thread.currentThread())).isNotNull();
    FlightBox read = FlightBox.read(folder.resolve("flight.box"));
    assertThat(read.threads())
        .extracting(BoxThread::name)
        .containsExactly(Thread.currentThread().getName());
    for (int i = 0; i < BoxLayout.THREADS; i++) {
      box.thread(Thread.currentThread());
    }
    assertThat(FlightBox.read(folder.resolve("flight.box")).dropped().threads()).isEqualTo(1);
  }

  @Test
  void long_texts_are_cut_between_characters() throws IOException {
    BlackBox box = WrittenBox.start(folder);
    String sql = "ü".repeat(600);
    box.sql(5, sql);
    TestStartEvent test = WrittenBox.test(1);
    test.uniqueId = "u".repeat(400);
    test.className = "c".repeat(400);
    test.displayName = "ü".repeat(400);
    box.testStarted(test);
    FlightBox read = FlightBox.read(folder.resolve("flight.box"));
    assertThat(read.sql().get(5L)).isEqualTo("ü".repeat(500) + "…");
    assertThat(read.tests().get(0).uniqueId()).isEqualTo(test.uniqueId);
    assertThat(read.tests().get(0).className()).isEqualTo(test.className);
    assertThat(read.tests().get(0).methodName()).isEqualTo("saves1");
    assertThat(test.displayName).startsWith(read.tests().get(0).displayName());
  }
}
