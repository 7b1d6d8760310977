// SPDX-License-Identifier: Apache-2.0
package io.memreport.fuzz;

import io.memreport.cli.Commands;
import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.ConnectionStatusEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.OpenResultEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.PoolEvent;
import io.memreport.recorder.event.QueryEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.event.RunningQueryEvent;
import io.memreport.recorder.event.SqlTextEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import io.memreport.recorder.event.memory.CgroupEvent;
import io.memreport.recorder.event.memory.CgroupProcessEvent;
import io.memreport.recorder.event.memory.JvmLimitsEvent;
import io.memreport.recorder.event.memory.LibraryHeapEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import io.memreport.recorder.event.memory.OomdSettingsEvent;
import io.memreport.recorder.event.memory.PressureEvent;
import io.memreport.recorder.event.memory.ProcessMemoryEvent;
import io.memreport.recorder.event.process.ChildEndEvent;
import io.memreport.recorder.event.process.ChildMemoryEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import io.memreport.recorder.event.shared.SegmentEvent;
import io.memreport.recorder.event.shared.SharedFailureEvent;
import io.memreport.recorder.event.shared.SharedLimitsEvent;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import jdk.jfr.Recording;

/** Recordings of all events of an agent, with any values in them. */
final class RandomEvents {
  private static final List<Supplier<MemreportEvent>> EVENTS =
      List.of(
          RunEvent::new,
          TestStartEvent::new,
          TestEvent::new,
          SqlTextEvent::new,
          QueryEvent::new,
          QueryTotalEvent::new,
          ConnectionOpenEvent::new,
          ConnectionSettingEvent::new,
          ConnectionStateEvent::new,
          ConnectionStatusEvent::new,
          OpenStatementsEvent::new,
          OpenResultEvent::new,
          RunningQueryEvent::new,
          LibraryHeapEvent::new,
          JvmLimitsEvent::new,
          MemorySampleEvent::new,
          ProcessMemoryEvent::new,
          PoolEvent::new,
          BorrowedEvent::new,
          CgroupEvent::new,
          CgroupProcessEvent::new,
          PressureEvent::new,
          OomdSettingsEvent::new,
          ChildStartEvent::new,
          ChildMemoryEvent::new,
          ChildEndEvent::new,
          SegmentEvent::new,
          SharedLimitsEvent::new,
          SharedFailureEvent::new,
          NoteEvent::new);

  private static final List<String> TEXTS =
      List.of(
          "",
          "test",
          "class",
          "passed",
          "select * from t where id = ? order by x",
          "jdbc:sqlite:/tmp/a.db?cache_size=-1",
          "jdbc:sqlite::memory:",
          "a\u001b[2J\u202E|<b>`\n# x",
          "\uD800",
          "9223372036854775807",
          "cache_size",
          "-9223372036854775808",
          "java.lang.OutOfMemoryError: x",
          "FATAL:  could not map anonymous shared memory: Cannot allocate memory",
          "x".repeat(5000));

  private final Random random;
  private final Mutator mutator;

  private RandomEvents(Random random) {
    this.random = random;
    mutator = new Mutator(random);
  }

  /**
   * A recording with some hundred events.
   *
   * @param reason why the run ended, or null if it broke off
   */
  static byte[] recording(Path folder, Random random, String reason) throws IOException {
    Path file = Files.createTempFile(folder, "events", ".jfr");
    synchronized (Commands.RECORDING) {
      try (Recording recording = new Recording()) {
        recording.start();
        RandomEvents events = new RandomEvents(random);
        for (int i = 0; i < 150; i++) {
          events.commit(EVENTS.get(random.nextInt(EVENTS.size())).get());
        }
        RunEndEvent end = new RunEndEvent();
        end.reason = reason;
        end.commit();
        recording.dump(file);
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private void commit(MemreportEvent event) {
    try {
      for (Field field : event.getClass().getFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          set(event, field);
        }
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the fields of events are public", e);
    }
    event.commit();
  }

  private void set(MemreportEvent event, Field field) throws IllegalAccessException {
    Class<?> type = field.getType();
    if (type == long.class) {
      // Ids must meet each other, or most events are left out.
      boolean id = field.getName().endsWith("Id");
      field.setLong(event, id || random.nextInt(3) > 0 ? random.nextInt(4) : mutator.extreme());
    } else if (type == int.class) {
      field.setInt(event, (int) mutator.extreme());
    } else if (type == boolean.class) {
      field.setBoolean(event, random.nextBoolean());
    } else if (type == double.class) {
      field.setDouble(event, Double.longBitsToDouble(mutator.extreme()));
    } else if (type == float.class) {
      field.setFloat(event, Float.intBitsToFloat((int) mutator.extreme()));
    } else if (type == String.class && random.nextInt(5) > 0) {
      field.set(event, TEXTS.get(random.nextInt(TEXTS.size())));
    }
  }
}
