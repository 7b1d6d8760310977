// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.nativeheap.Inventory;
import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.scope.Failure;
import io.memreport.recorder.scope.Jdbc;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Finds the SQLite connections that were open before the agent came: nothing else lists them. */
final class OpenConnections {
  private static final String CONNECTION = "org.sqlite.SQLiteConnection";

  private OpenConnections() {}

  /** Walks the heap once, if there can be any connection. */
  static void adopt(Instrumentation instrumentation) {
    try {
      List<Class<?>> classes = new ArrayList<>();
      for (Class<?> type : instrumentation.getAllLoadedClasses()) {
        if (isConnection(type)) {
          classes.add(type);
        }
      }
      if (classes.isEmpty()) {
        return;
      }
      long from = System.nanoTime();
      Object[] found =
          NativeHeap.isLoaded() ? Inventory.instances(classes.toArray(new Class<?>[0])) : null;
      NoteEvent note = new NoteEvent();
      if (found == null) {
        note.text =
            "Connections that were open before the attach are known only once they are used: the Java"
                + " heap could not be searched for them";
      } else {
        note.text =
            "The application stood still for "
                + (System.nanoTime() - from) / 1_000_000
                + " ms while its Java heap was searched for open connections";
        Jdbc.adopt(found);
      }
      note.commit();
    } catch (Throwable e) {
      Failure.note("Finding the connections that are open", e);
    }
  }

  /** Names first: most classes are spared the walk up to Object. */
  private static boolean isConnection(Class<?> type) {
    if (type.isInterface() || type.isArray() || Modifier.isAbstract(type.getModifiers())) {
      return false;
    }
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (at.getName().equals(CONNECTION)) {
        return true;
      }
    }
    return false;
  }
}
