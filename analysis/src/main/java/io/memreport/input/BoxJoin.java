// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxEnding;
import io.memreport.input.box.BoxTest;
import io.memreport.input.box.FlightBox;
import io.memreport.input.run.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Adds what only the black box knows: the last second of a run that broke off. */
final class BoxJoin {
  private final RunData data;
  private final FlightBox box;

  private BoxJoin(RunData data, FlightBox box) {
    this.data = data;
    this.box = box;
  }

  /** A run that ended in order needs none: its recording is complete. */
  static void join(RunData data) {
    Path file = data.input.box();
    if (file == null || data.isOrderly() || !Files.exists(file)) {
      return;
    }
    try {
      new BoxJoin(data, FlightBox.read(file)).join();
    } catch (IOException e) {
      String why = InputFile.unreadable(file, e).getMessage();
      data.notes.add(why);
      data.problems.add(why);
    }
  }

  private void join() {
    data.box = box;
    if (data.pid == null) {
      data.pid = box.pid();
      data.startedAt = box.startedAt();
    }
    box.sql().forEach(data.sql::putIfAbsent);
    box.tests().forEach(this::test);
    box.endings().forEach(this::ending);
    box.exhaustions().forEach(data.errors::add);
    // A sample is in both, stamped a moment apart.
    Instant recorded = data.samples.lastAt();
    Instant from =
        recorded == null ? Instant.MIN : recorded.plusMillis(box.samplePeriodMillis() / 2);
    box.samples().stream()
        .filter(sample -> sample.at().isAfter(from))
        .forEach(
            sample -> {
              data.sample(sample, null);
              data.surroundings.add(sample);
            });
    if (box.heap() != null) {
      data.heap.add(box.heap());
    }
    Instant last = box.at(box.lastNanoTime());
    if (data.lastEventAt == null || last.isAfter(data.lastEventAt)) {
      data.lastEventAt = last;
    }
    FlightBox.Dropped dropped = box.dropped();
    if (dropped.threads() + dropped.tests() + dropped.sql() > 0) {
      data.notes.add(
          "The black box of %s had no room for %d threads, %d tests and %d SQL texts"
              .formatted(data.input.id(), dropped.threads(), dropped.tests(), dropped.sql()));
    }
  }

  private void ending(BoxEnding said) {
    switch (said.kind()) {
      case CONNECTION -> {
        ConnectionData connection = data.connections.get(said.id());
        if (connection != null && connection.closedAt == null) {
          connection.closedAt = said.at();
          connection.openStatements = 0;
        }
      }
      case PROCESS -> data.shared.ended(said.id(), said.startTicks(), said.at());
    }
  }

  private void test(BoxTest said) {
    TestData test = data.test(said.id());
    if (test.startedAt == null) {
      test.parent = said.parentId();
      test.kind = said.kind();
      test.uniqueId = said.uniqueId();
      test.className = said.className();
      test.methodName = said.methodName();
      test.displayName = said.displayName();
      test.startedAt = said.startedAt();
      test.thread = -1;
    }
    if (!test.ended && !said.running()) {
      test.over = true;
      test.status = said.status();
      test.durationNanos = said.nanos();
    }
  }
}
