// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.nativeheap.Inventory;
import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.pool.Pools;
import io.memreport.recorder.scope.JdbcConnections;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the SQLite connections that were open before the agent came, and the pools of connections:
 * nothing else lists them.
 */
final class OpenConnections {
  private static final String CONNECTION = "org.sqlite.SQLiteConnection";

  private OpenConnections() {}

  /** Walks the heap once, if there can be any of them. */
  static void adopt(Instrumentation instrumentation) {
    try {
      Set<String> wanted = new HashSet<>(Pools.CLASSES);
      wanted.add(CONNECTION);
      List<Class<?>> classes = new ArrayList<>();
      for (Class<?> type : instrumentation.getAllLoadedClasses()) {
        if (!Modifier.isAbstract(type.getModifiers()) && isAny(type, wanted)) {
          classes.add(type);
        }
      }
      if (!classes.isEmpty()) {
        adopt(classes);
      }
    } catch (Throwable e) {
      Failure.note("Finding the connections that are open", e);
    }
  }

  private static void adopt(List<Class<?>> classes) {
    long from = System.nanoTime();
    Object[] found =
        NativeHeap.isLoaded() ? Inventory.instances(classes.toArray(new Class<?>[0])) : null;
    NoteEvent note = new NoteEvent();
    if (found == null) {
      note.text =
          "Connections that were open before the attach are known only once they are used: the Java heap"
              + " could not be searched for them";
    } else {
      note.text =
          "The application stood still for "
              + (System.nanoTime() - from) / 1_000_000
              + " ms while its Java heap was searched for open connections";
      for (Object object : found) {
        if (isAny(object.getClass(), Set.of(CONNECTION))) {
          JdbcConnections.adopt(object);
        } else {
          Pools.adopt(object);
        }
      }
    }
    note.commit();
  }

  /** Whether it is one of these or extends one. */
  private static boolean isAny(Class<?> type, Set<String> wanted) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (wanted.contains(at.getName())) {
        return true;
      }
    }
    return false;
  }
}
