// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

/**
 * The format of {@code flight.box}: little-endian, of fixed size, each section an array of entries
 * of one size. Offsets named after a field are relative to the entry; a field is 8 bytes unless
 * said otherwise. An entry whose {@link BoxCheck} does not hold is torn: a reader drops it.
 */
public final class BoxLayout {
  /** The file's name in the run folder. */
  public static final String FILE_NAME = "flight.box";

  /** {@code MRFLTBOX}, read as a little-endian number. */
  public static final long MAGIC = 0x584f42544c46524dL;

  /** Grows with each change that an old reader would misread. */
  public static final int VERSION = 2;

  /** The header: fixed fields, checked by {@link #HEADER_CHECK}. */
  public static final int MAGIC_AT = 0;

  /** 4 bytes. */
  public static final int VERSION_AT = 8;

  /** 4 bytes, the size of the whole file. */
  public static final int SIZE_AT = 12;

  public static final int PID = 16;
  public static final int STARTED_EPOCH_MILLIS = 24;

  /** The same instant on both clocks. */
  public static final int ANCHOR_EPOCH_MILLIS = 32;

  public static final int ANCHOR_NANO_TIME = 40;
  public static final int SAMPLE_PERIOD_MILLIS = 48;
  public static final int LIMIT_BYTES = 56;

  /** 4 bytes: length of {@link #FACTS_TEXT}. */
  public static final int FACTS_LENGTH = 64;

  /** Cgroup path and command, each as in {@link BoxText}. */
  public static final int FACTS_TEXT = 72;

  public static final int FACTS_ROOM = 3456;
  public static final int HEADER_CHECK = FACTS_TEXT + FACTS_ROOM;

  /** How many found their table full; written without a check, since any value can be true. */
  public static final int THREADS_DROPPED = 3584;

  public static final int TESTS_DROPPED = 3592;
  public static final int SQL_DROPPED = 3600;

  /**
   * OutOfMemoryErrors that the JVM threw, and the exit of the process, which native code writes:
   * the first ones, and in the last place whatever came last. Entry n of these has number n, from
   * 1.
   */
  public static final int EXHAUSTED_AT = 3608;

  public static final int EXHAUSTIONS = 4;
  public static final int EXHAUSTED_SIZE = 120;
  public static final int EXHAUSTED_NUMBER = 0;
  public static final int EXHAUSTED_EPOCH_MILLIS = 8;

  /** JVM TI's {@code JVMTI_RESOURCE_EXHAUSTED_*}, or {@link #EXHAUSTED_EXIT}. */
  public static final int EXHAUSTED_FLAGS = 16;

  /** The process called exit; its text is the status. */
  public static final long EXHAUSTED_EXIT = 0x100;

  /** As in {@code /proc/self/task}. */
  public static final int EXHAUSTED_OS_THREAD = 24;

  /** What the error says, ended by a zero. */
  public static final int EXHAUSTED_TEXT = 32;

  public static final int EXHAUSTED_ROOM = 80;
  public static final int EXHAUSTED_CHECK = EXHAUSTED_TEXT + EXHAUSTED_ROOM;
  public static final int HEADER_SIZE = 4096;

  /** A ring: sample n lies at n modulo {@link #SAMPLES}; the first has number 1. */
  public static final int SAMPLES_AT = HEADER_SIZE;

  public static final int SAMPLES = 12_288;
  public static final int SAMPLE_SIZE = 256;
  public static final int SAMPLE_NUMBER = 0;
  public static final int SAMPLE_EPOCH_MILLIS = 8;
  public static final int SAMPLE_NANO_TIME = 16;

  /** The gauges, in the order of {@link BoxGauge}; spare words are 0. */
  public static final int SAMPLE_GAUGES = 24;

  public static final int SAMPLE_CHECK = SAMPLE_SIZE - 8;

  public static final int THREADS_AT = SAMPLES_AT + SAMPLES * SAMPLE_SIZE;
  public static final int THREADS = 1024;
  public static final int THREAD_SIZE = 512;

  /** Who the thread is. 0: this entry is free. */
  public static final int THREAD_JAVA_ID = 0;

  /** As in {@code /proc/self/task}, or unknown. */
  public static final int THREAD_OS_ID = 8;

  /** 4 bytes, then 4 bytes length of the comm. */
  public static final int THREAD_NAME_LENGTH = 16;

  public static final int THREAD_COMM_LENGTH = 20;

  /** The first bytes of its name, UTF-8. */
  public static final int THREAD_NAME = 24;

  public static final int THREAD_NAME_ROOM = 48;

  /** What the kernel calls it, when it was first seen. */
  public static final int THREAD_COMM = 72;

  public static final int THREAD_COMM_ROOM = 16;
  public static final int THREAD_CHECK = 88;

  /**
   * What the thread does, twice: its writer takes turns, and what is valid with the higher number
   * counts. So a kill in the middle of a change leaves what was true before it.
   */
  public static final int THREAD_WORK = 128;

  public static final int WORK_SIZE = 128;

  /** Counts changes, from 1; 0 means never written. */
  public static final int WORK_NUMBER = 0;

  public static final int WORK_TEST = 8;

  /** The fingerprint's id, 0 outside queries. */
  public static final int WORK_SQL = 16;

  /** The connection's id, and {@link #IN_MEMORY} if its database lives in memory. */
  public static final int WORK_CONNECTION = 24;

  /** JFR writes late where a connection leads to: a young one may have filled all memory. */
  public static final long IN_MEMORY = 1L << 62;

  /** When the query began, by {@link System#nanoTime}; unknown outside queries. */
  public static final int WORK_SINCE_NANO_TIME = 32;

  /** SQLite heap since the thread was first seen, as of this change: handed out. */
  public static final int WORK_NATIVE_ALLOCATED = 40;

  /** Handed out less given back; below 0 for a thread that gives back what others took. */
  public static final int WORK_NATIVE_NET = 48;

  /** Java heap that the thread allocated in its life, as of this change. */
  public static final int WORK_HEAP_ALLOCATED = 56;

  /** Over the words before it and the thread's Java id. */
  public static final int WORK_CHECK = 64;

  /**
   * What ended last beside tests, of which JFR may not have written the end: a ring. End n lies at
   * n modulo {@link #ENDS}; the first has number 1.
   */
  public static final int ENDS_AT = THREADS_AT + THREADS * THREAD_SIZE;

  public static final int ENDS = 2048;
  public static final int END_SIZE = 64;
  public static final int END_NUMBER = 0;

  /** Ordinal of a {@link BoxEnd}, plus 1. */
  public static final int END_KIND = 8;

  /** The id of a connection, the pid of a process. */
  public static final int END_ID = 16;

  /** When a process started, in ticks since boot, or unknown; 0 for a connection. */
  public static final int END_START_TICKS = 24;

  public static final int END_EPOCH_MILLIS = 32;
  public static final int END_CHECK = 40;

  /** The tests and class fixtures that run, and the last that ended; the oldest make room. */
  public static final int TESTS_AT = ENDS_AT + ENDS * END_SIZE;

  public static final int TESTS = 2048;
  public static final int TEST_SIZE = 1024;
  public static final int TEST_ID = 0;
  public static final int TEST_PARENT = 8;
  public static final int TEST_STARTED_EPOCH_MILLIS = 16;

  /** 4 bytes: one of the kinds below; then 4 bytes length of the text. */
  public static final int TEST_KIND = 24;

  public static final int TEST_LENGTH = 28;
  public static final int KIND_TEST = 1;

  /** The fixtures of a class. */
  public static final int KIND_CLASS = 2;

  /** A unit of work that a program names itself. */
  public static final int KIND_SPAN = 3;

  /** Engine, unique id, class, method and display name, each as in {@link BoxText}. */
  public static final int TEST_TEXT = 32;

  public static final int TEST_ROOM = 968;
  public static final int TEST_CHECK = TEST_TEXT + TEST_ROOM;

  /** How long it took; means nothing while it runs. */
  public static final int TEST_NANOS = TEST_CHECK + 8;

  /** {@link BoxCheck#state} of the id, the {@link BoxStatus} and how long it took. */
  public static final int TEST_STATE = TEST_NANOS + 8;

  /** SQL texts, in the order in which they were first used. */
  public static final int SQL_AT = TESTS_AT + TESTS * TEST_SIZE;

  public static final int SQLS = 4352;
  public static final int SQL_SIZE = 1024;
  public static final int SQL_ID = 0;

  /** 4 bytes: bytes that are here; then 4 bytes: bytes that the whole text has. */
  public static final int SQL_LENGTH = 8;

  public static final int SQL_FULL_LENGTH = 12;
  public static final int SQL_TEXT = 16;
  public static final int SQL_ROOM = 1000;
  public static final int SQL_CHECK = SQL_TEXT + SQL_ROOM;

  /**
   * The largest rows of sampled Java heap, twice: their writer takes turns, and of those that are
   * whole the one with the higher number counts. Not there in files that end at {@link #HEAP_AT}.
   */
  public static final int HEAP_AT = SQL_AT + SQLS * SQL_SIZE;

  public static final int HEAP_ROWS = 64;
  public static final int HEAP_ROW_SIZE = 768;

  /** Of one turn: a head of one row, and the rows. */
  public static final int HEAP_SIZE = (HEAP_ROWS + 1) * HEAP_ROW_SIZE;

  /** Counts turns, from 1. */
  public static final int HEAP_NUMBER = 0;

  public static final int HEAP_EPOCH_MILLIS = 8;
  public static final int HEAP_COUNT = 16;
  public static final int HEAP_HEAD_CHECK = 24;

  public static final int HEAP_TEST = 0;
  public static final int HEAP_BYTES = 8;

  /** Standard deviation of the bytes. */
  public static final int HEAP_DEVIATION = 16;

  public static final int HEAP_SAMPLES = 24;

  /** Of the samples, those that survived a collection of any kind. */
  public static final int HEAP_SURVIVORS = 32;

  /** Of the samples, those that survived a full collection. */
  public static final int HEAP_PROVEN = 40;

  public static final int HEAP_INTERVAL = 48;

  /** 4 bytes: length of the text, which is the site and the class as in {@link BoxText}. */
  public static final int HEAP_LENGTH = 56;

  public static final int HEAP_TEXT = 64;
  public static final int HEAP_ROOM = HEAP_ROW_SIZE - HEAP_TEXT - 16;

  /** Over the row and the number of its turn, which comes before it. */
  public static final int HEAP_TURN = HEAP_ROW_SIZE - 16;

  public static final int HEAP_CHECK = HEAP_ROW_SIZE - 8;

  /** Of the file. */
  public static final int SIZE = HEAP_AT + 2 * HEAP_SIZE;

  private BoxLayout() {}
}
