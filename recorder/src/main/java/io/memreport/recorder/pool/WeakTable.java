// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of objects of the application, by their identity; does not keep them alive. */
final class WeakTable<E extends WeakTable.Entry> {
  private final ConcurrentHashMap<Object, E> entries = new ConcurrentHashMap<>();

  /** What is known of one object. */
  abstract static class Entry extends WeakReference<Object> {
    private final int hash;

    Entry(Object of) {
      super(of);
      hash = System.identityHashCode(of);
    }

    final boolean isCollected() {
      return refersTo(null);
    }

    @Override
    public final int hashCode() {
      return hash;
    }

    @Override
    public final boolean equals(Object other) {
      return this == other;
    }
  }

  /** Equal to the entry of the same object; a map asks the key that it is given. */
  private static final class Key {
    private final Object of;

    Key(Object of) {
      this.of = of;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(of);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && entry.refersTo(of);
    }
  }

  void add(E entry) {
    entries.put(entry, entry);
  }

  E find(Object object) {
    return entries.get(new Key(object));
  }

  void drop(E entry) {
    entries.remove(entry);
  }

  void clear() {
    entries.clear();
  }

  Collection<E> all() {
    return entries.values();
  }
}
