// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import io.memreport.recorder.event.MemreportEvent;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Fills the recorder's own event objects from recorded events, so that the event class is the one
 * home of a field's name. A field that a recording lacks, because an older or newer agent wrote it,
 * keeps the value that the event class gives it.
 */
public final class EventReader<E extends MemreportEvent> {
  private final Constructor<E> made;
  private final List<Field> fields = new ArrayList<>();

  private EventReader(Class<E> type) {
    try {
      made = type.getConstructor();
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " can't be made", e);
    }
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        fields.add(field);
      }
    }
  }

  /** A reader of this kind of event, whose fields are public. */
  public static <E extends MemreportEvent> EventReader<E> of(Class<E> type) {
    return new EventReader<>(type);
  }

  /** What was recorded, as it was when it was committed but for its times and its thread. */
  public E read(RecordedEvent recorded) {
    try {
      E event = made.newInstance();
      for (Field field : fields) {
        if (recorded.hasField(field.getName())) {
          read(recorded, field, event);
        }
      }
      return event;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an event class of ours is not public", e);
    }
  }

  private static void read(RecordedEvent recorded, Field field, MemreportEvent into)
      throws IllegalAccessException {
    Class<?> type = field.getType();
    String name = field.getName();
    if (type == long.class) {
      field.setLong(into, recorded.getLong(name));
    } else if (type == int.class) {
      field.setInt(into, recorded.getInt(name));
    } else if (type == boolean.class) {
      field.setBoolean(into, recorded.getBoolean(name));
    } else if (type == String.class) {
      field.set(into, recorded.getString(name));
    } else {
      throw new IllegalStateException(field + " is of a kind that is not read");
    }
  }
}
