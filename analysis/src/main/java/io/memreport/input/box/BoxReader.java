// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import static io.memreport.recorder.box.BoxLayout.*;

import io.memreport.input.jfr.Sums;
import io.memreport.input.run.Moments;
import io.memreport.input.run.UnreadableInputException;
import io.memreport.recorder.box.BoxCheck;
import io.memreport.recorder.box.BoxEnd;
import io.memreport.recorder.box.BoxGauge;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.box.BoxStatus;
import io.memreport.recorder.box.BoxText;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Takes a black box apart; believes nothing whose check does not hold. */
final class BoxReader {
  private final Path file;
  private final ByteBuffer box;

  BoxReader(Path file, ByteBuffer box) {
    this.file = file;
    this.box = box;
  }

  FlightBox read() throws UnreadableInputException {
    if (box.getLong(MAGIC_AT) != MAGIC) {
      throw new UnreadableInputException(file, "is no black box, or was never begun");
    }
    if (box.getInt(VERSION_AT) != VERSION) {
      throw new UnreadableInputException(
          file,
          "is a black box of version "
              + box.getInt(VERSION_AT)
              + ", this memreport reads version "
              + VERSION
              + ": analyze it with the memreport that recorded it");
    }
    List<String> texts = text(FACTS_TEXT, box.getInt(FACTS_LENGTH), FACTS_ROOM, 2);
    if (box.getLong(HEADER_CHECK) != BoxCheck.of(box, VERSION_AT, HEADER_CHECK) || texts == null) {
      throw new UnreadableInputException(file, "has a damaged header, so that nothing fits it");
    }
    Instant started = moment(STARTED_EPOCH_MILLIS);
    Instant anchor = moment(ANCHOR_EPOCH_MILLIS);
    if (started == null || anchor == null) {
      throw new UnreadableInputException(file, "has a damaged header: no run can have been then");
    }
    return new FlightBox(
        box.getLong(PID),
        started,
        box.getLong(SAMPLE_PERIOD_MILLIS),
        new FlightBox.Clock(anchor, box.getLong(ANCHOR_NANO_TIME)),
        known(box.getLong(LIMIT_BYTES)),
        texts.get(0),
        texts.get(1),
        samples(),
        threads(),
        tests(),
        sql(),
        endings(),
        exhaustions(),
        heap(),
        new FlightBox.Dropped(
            box.getLong(THREADS_DROPPED), box.getLong(TESTS_DROPPED), box.getLong(SQL_DROPPED)));
  }

  private static Long known(long figure) {
    return Sums.plausible(figure);
  }

  /** Null if nothing can have been then. */
  private Instant moment(int at) {
    return Moments.plausible(Instant.ofEpochMilli(box.getLong(at)));
  }

  private List<String> text(int at, int length, int room, int count) {
    return length < 0 || length > room ? null : BoxText.decode(box, at, length, count);
  }

  private String string(int at, int length, int room) {
    return length < 0 || length > room ? null : BoxText.string(box, at, length);
  }

  private List<BoxSample> samples() {
    Map<Long, BoxSample> samples = new TreeMap<>();
    for (int slot = 0; slot < SAMPLES; slot++) {
      int at = SAMPLES_AT + slot * SAMPLE_SIZE;
      long number = box.getLong(at + SAMPLE_NUMBER);
      if (number > 0
          && number % SAMPLES == slot
          && moment(at + SAMPLE_EPOCH_MILLIS) != null
          && box.getLong(at + SAMPLE_CHECK) == BoxCheck.of(box, at, at + SAMPLE_CHECK)) {
        samples.put(number, sample(at));
      }
    }
    return List.copyOf(samples.values());
  }

  private BoxSample sample(int at) {
    Map<BoxGauge, Long> gauges = new EnumMap<>(BoxGauge.class);
    for (BoxGauge gauge : BoxGauge.values()) {
      Long figure = Sums.gauge(box.getLong(at + gauge.offset()));
      if (figure != null) {
        gauges.put(gauge, figure);
      }
    }
    return new BoxSample(
        moment(at + SAMPLE_EPOCH_MILLIS), box.getLong(at + SAMPLE_NANO_TIME), gauges);
  }

  private List<BoxThread> threads() {
    List<BoxThread> threads = new ArrayList<>();
    for (int slot = 0; slot < THREADS; slot++) {
      int at = THREADS_AT + slot * THREAD_SIZE;
      long javaId = box.getLong(at + THREAD_JAVA_ID);
      String name = string(at + THREAD_NAME, box.getInt(at + THREAD_NAME_LENGTH), THREAD_NAME_ROOM);
      String comm = string(at + THREAD_COMM, box.getInt(at + THREAD_COMM_LENGTH), THREAD_COMM_ROOM);
      int work = work(at + THREAD_WORK, javaId);
      if (javaId != 0
          && work >= 0
          && name != null
          && comm != null
          && box.getLong(at + THREAD_CHECK) == BoxCheck.ofThread(box, at, javaId)) {
        threads.add(
            thread(
                javaId,
                known(box.getLong(at + THREAD_OS_ID)),
                name,
                comm.isEmpty() ? null : comm,
                work));
      }
    }
    return threads;
  }

  /** Where the last complete change lies, or -1 if there was none. */
  private int work(int first, long javaId) {
    int last = -1;
    for (int at = first; at <= first + WORK_SIZE; at += WORK_SIZE) {
      long number = box.getLong(at + WORK_NUMBER);
      if (number > 0
          && box.getLong(at + WORK_CHECK) == BoxCheck.ofWork(box, at, javaId)
          && (last < 0 || number > box.getLong(last + WORK_NUMBER))) {
        last = at;
      }
    }
    return last;
  }

  private BoxThread thread(long javaId, Long osId, String name, String comm, int work) {
    long since = box.getLong(work + WORK_SINCE_NANO_TIME);
    return new BoxThread(
        javaId,
        osId,
        name,
        comm,
        box.getLong(work + WORK_TEST),
        box.getLong(work + WORK_SQL),
        box.getLong(work + WORK_CONNECTION) & ~BoxLayout.IN_MEMORY,
        (box.getLong(work + WORK_CONNECTION) & BoxLayout.IN_MEMORY) != 0,
        since == MemreportEvent.UNKNOWN ? null : Long.valueOf(since),
        known(box.getLong(work + WORK_NATIVE_ALLOCATED)),
        known(box.getLong(work + WORK_NATIVE_NET)),
        known(box.getLong(work + WORK_HEAP_ALLOCATED)));
  }

  private static String kind(int kind) {
    return kind == KIND_CLASS ? "class" : kind == KIND_SPAN ? "span" : "test";
  }

  private List<BoxTest> tests() {
    List<BoxTest> tests = new ArrayList<>();
    for (int slot = 0; slot < TESTS; slot++) {
      int at = TESTS_AT + slot * TEST_SIZE;
      long id = box.getLong(at + TEST_ID);
      long nanos = box.getLong(at + TEST_NANOS);
      BoxStatus status = status(id, nanos, box.getLong(at + TEST_STATE));
      List<String> texts = text(at + TEST_TEXT, box.getInt(at + TEST_LENGTH), TEST_ROOM, 5);
      if (status != null
          && texts != null
          && moment(at + TEST_STARTED_EPOCH_MILLIS) != null
          && box.getLong(at + TEST_CHECK) == BoxCheck.of(box, at, at + TEST_CHECK)) {
        tests.add(
            new BoxTest(
                id,
                box.getLong(at + TEST_PARENT),
                kind(box.getInt(at + TEST_KIND)),
                moment(at + TEST_STARTED_EPOCH_MILLIS),
                texts.get(0),
                texts.get(1),
                texts.get(2),
                texts.get(3),
                texts.get(4),
                name(status),
                status == BoxStatus.RUNNING,
                status == BoxStatus.RUNNING ? null : Long.valueOf(nanos)));
      }
    }
    tests.sort(Comparator.comparingLong(BoxTest::id));
    return tests;
  }

  private static BoxStatus status(long id, long nanos, long state) {
    for (BoxStatus status : BoxStatus.values()) {
      if (state == BoxCheck.state(id, status, status == BoxStatus.RUNNING ? 0 : nanos)
          && (status == BoxStatus.RUNNING || nanos >= 0)) {
        return status;
      }
    }
    return null;
  }

  private List<BoxEnding> endings() {
    List<BoxEnding> endings = new ArrayList<>();
    BoxEnd[] kinds = BoxEnd.values();
    for (int slot = 0; slot < ENDS; slot++) {
      int at = ENDS_AT + slot * END_SIZE;
      long kind = box.getLong(at + END_KIND);
      if (kind > 0
          && kind <= kinds.length
          && box.getLong(at + END_NUMBER) % ENDS == slot
          && moment(at + END_EPOCH_MILLIS) != null
          && box.getLong(at + END_CHECK) == BoxCheck.of(box, at, at + END_CHECK)) {
        endings.add(
            new BoxEnding(
                kinds[(int) kind - 1],
                box.getLong(at + END_ID),
                box.getLong(at + END_START_TICKS),
                moment(at + END_EPOCH_MILLIS)));
      }
    }
    return endings;
  }

  private List<BoxExhaustion> exhaustions() {
    List<BoxExhaustion> exhaustions = new ArrayList<>();
    for (int slot = 0; slot < EXHAUSTIONS; slot++) {
      int at = EXHAUSTED_AT + slot * EXHAUSTED_SIZE;
      if (box.getLong(at + EXHAUSTED_NUMBER) > slot
          && moment(at + EXHAUSTED_EPOCH_MILLIS) != null
          && box.getLong(at + EXHAUSTED_CHECK) == BoxCheck.of(box, at, at + EXHAUSTED_CHECK)) {
        exhaustions.add(
            new BoxExhaustion(
                box.getLong(at + EXHAUSTED_NUMBER),
                moment(at + EXHAUSTED_EPOCH_MILLIS),
                box.getLong(at + EXHAUSTED_FLAGS) == EXHAUSTED_EXIT,
                BoxText.untilZero(box, at + EXHAUSTED_TEXT, EXHAUSTED_ROOM),
                box.getLong(at + EXHAUSTED_OS_THREAD)));
      }
    }
    return exhaustions;
  }

  /** The later of two turns that is whole, or null. */
  private BoxHeap heap() {
    BoxHeap last = null;
    long number = 0;
    for (int head = HEAP_AT; head < SIZE; head += HEAP_SIZE) {
      long turn = box.getLong(head + HEAP_NUMBER);
      if (turn > number
          && moment(head + HEAP_EPOCH_MILLIS) != null
          && box.getLong(head + HEAP_HEAD_CHECK)
              == BoxCheck.of(box, head, head + HEAP_HEAD_CHECK)) {
        number = turn;
        last = new BoxHeap(moment(head + HEAP_EPOCH_MILLIS), heapRows(head, turn));
      }
    }
    return last;
  }

  private List<HeapLiveEvent> heapRows(int head, long turn) {
    List<HeapLiveEvent> rows = new ArrayList<>();
    for (int i = 1; i <= Math.min(box.getLong(head + HEAP_COUNT), HEAP_ROWS); i++) {
      int at = head + i * HEAP_ROW_SIZE;
      List<String> texts = text(at + HEAP_TEXT, box.getInt(at + HEAP_LENGTH), HEAP_ROOM, 2);
      if (texts != null
          && box.getLong(at + HEAP_TURN) == turn
          && box.getLong(at + HEAP_CHECK) == BoxCheck.of(box, at, at + HEAP_CHECK)) {
        rows.add(heapRow(at, texts));
      }
    }
    return rows;
  }

  private HeapLiveEvent heapRow(int at, List<String> texts) {
    HeapLiveEvent row = new HeapLiveEvent();
    row.testId = box.getLong(at + HEAP_TEST);
    row.site = texts.get(0);
    row.className = texts.get(1);
    row.bytes = box.getLong(at + HEAP_BYTES);
    row.deviation = box.getLong(at + HEAP_DEVIATION);
    row.samples = box.getLong(at + HEAP_SAMPLES);
    row.survivors = box.getLong(at + HEAP_SURVIVORS);
    row.proven = box.getLong(at + HEAP_PROVEN);
    row.interval = box.getLong(at + HEAP_INTERVAL);
    return row;
  }

  private static String name(BoxStatus status) {
    return status == BoxStatus.RUNNING || status == BoxStatus.OVER
        ? null
        : status.name().toLowerCase(Locale.ROOT);
  }

  private Map<Long, String> sql() {
    Map<Long, String> sql = new HashMap<>();
    for (int slot = 0; slot < SQLS; slot++) {
      int at = SQL_AT + slot * SQL_SIZE;
      int length = box.getInt(at + SQL_LENGTH);
      String text = string(at + SQL_TEXT, length, SQL_ROOM);
      if (text != null && box.getLong(at + SQL_CHECK) == BoxCheck.of(box, at, at + SQL_CHECK)) {
        boolean whole = length == box.getInt(at + SQL_FULL_LENGTH);
        sql.put(box.getLong(at + SQL_ID), whole ? text : text + "…");
      }
    }
    return sql;
  }
}
