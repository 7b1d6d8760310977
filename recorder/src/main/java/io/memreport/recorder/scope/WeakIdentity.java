// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/** What we know of an object of the application, without keeping it alive or touching it. */
abstract class WeakIdentity extends WeakReference<Object> {
  private static final ConcurrentHashMap<Object, WeakIdentity> TABLE = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

  private final int hash;

  WeakIdentity(Object of) {
    super(of, GONE);
    hash = System.identityHashCode(of);
  }

  /** Looks an object up; each thread has a key of its own, so that this allocates nothing. */
  static final class Key {
    private Object of;

    WeakIdentity find(Object object) {
      of = object;
      WeakIdentity found = TABLE.get(this);
      of = null;
      return found;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(of);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof WeakIdentity entry && entry.refersTo(of);
    }
  }

  final void register() {
    TABLE.put(this, this);
  }

  final void unregister() {
    TABLE.remove(this);
  }

  /** Forgets all objects. */
  static void forget() {
    TABLE.clear();
    expunge();
  }

  /** Forgets the objects that were collected. */
  static void expunge() {
    for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      ((WeakIdentity) gone).unregister();
    }
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
