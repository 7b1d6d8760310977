// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Recording;

/** Writes recordings with the events of an agent. */
final class RecordedRun implements AutoCloseable {
  private final Recording recording = new Recording();

  RecordedRun() {
    recording.start();
    RunEvent run = new RunEvent();
    run.pid = 1;
    run.startedAtMillis = 1;
    run.commit();
  }

  RecordedRun test(long id, String name) {
    TestStartEvent start = new TestStartEvent();
    start.testId = id;
    start.kind = "test";
    start.uniqueId = name;
    start.methodName = name;
    start.commit();
    TestEvent end = new TestEvent();
    end.testId = id;
    end.status = "passed";
    end.commit();
    return this;
  }

  Path to(Path file) throws IOException {
    new RunEndEvent().commit();
    recording.dump(file);
    return file;
  }

  @Override
  public void close() {
    recording.close();
  }
}
