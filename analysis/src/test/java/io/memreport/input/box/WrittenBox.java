// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.BoxFacts;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.box.ThreadEntry;
import io.memreport.recorder.event.TestStartEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import java.io.IOException;
import java.nio.file.Path;

/** A black box with something in each section, written by the recorder. */
public final class WrittenBox {
  public static final long SQL_ID = 0x1234_5678_9abc_def0L;
  public static final String SQL = "select 'ü' from t where id = ?";

  private WrittenBox() {}

  /** Writes the file. */
  public static Path in(Path folder) throws IOException {
    BlackBox box = start(folder);
    for (int i = 1; i <= 3; i++) {
      MemorySampleEvent sample = new MemorySampleEvent();
      sample.rss = i * 1000L;
      sample.threads = i;
      box.sample(sample);
    }
    for (int id = 1; id <= 3; id++) {
      box.testStarted(test(id));
    }
    box.testEnded(1, "failed");
    box.testEnded(2, null);
    box.sql(SQL_ID, SQL);
    box.connectionClosed(7);
    box.processEnded(4712, 99);
    ThreadEntry thread = box.thread(Thread.currentThread());
    thread.work(3, 0, 0, Long.MIN_VALUE, 10, 10, 100);
    thread.work(3, SQL_ID, 7 | BoxLayout.IN_MEMORY, System.nanoTime(), 20, -5, 200);
    return folder.resolve("flight.box");
  }

  /** An empty one. */
  public static BlackBox start(Path folder) throws IOException {
    return BlackBox.start(
        folder, new BoxFacts(4711, 1_000_000, 50, Long.MIN_VALUE, "/system.slice/ci", "Main a b"));
  }

  /** The start of a test, or of the class around them for 1. */
  public static TestStartEvent test(long id) {
    TestStartEvent start = new TestStartEvent();
    start.testId = id;
    start.parentId = id - 1;
    start.kind = id == 1 ? "class" : "test";
    start.uniqueId = "[engine:e]/[test:" + id + "]";
    start.className = "shop.OrderTest";
    start.methodName = "saves" + id;
    start.displayName = "saves " + id;
    return start;
  }
}
