// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.weak;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/** What we know of an object of the application, without keeping it alive or touching it. */
public abstract class WeakIdentity extends WeakReference<Object> {
  private static final ConcurrentHashMap<Object, WeakIdentity> TABLE = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

  /** More than one, so that they become fewer. */
  private static final int FORGOTTEN_EACH = 2;

  private final int hash;

  /** Of this object; nobody finds it before {@link #register}. */
  public WeakIdentity(Object of) {
    super(of, GONE);
    hash = System.identityHashCode(of);
  }

  /** Looks an object up; each thread has a key of its own, so that this allocates nothing. */
  public static class Key {
    private Object of;

    public final WeakIdentity find(Object object) {
      of = object;
      WeakIdentity found = TABLE.get(this);
      of = null;
      return found;
    }

    @Override
    public final int hashCode() {
      return System.identityHashCode(of);
    }

    @Override
    public final boolean equals(Object other) {
      return other instanceof WeakIdentity entry && entry.refersTo(of);
    }
  }

  /** Also forgets some that were collected: many may be before {@link #expunge} is called. */
  public final void register() {
    TABLE.put(this, this);
    for (int i = 0; i < FORGOTTEN_EACH && expungeOne(); i++) {}
  }

  /** Nobody finds it any more. */
  public final void unregister() {
    TABLE.remove(this);
  }

  /** Forgets all objects. */
  public static void forgetAll() {
    TABLE.clear();
    expunge();
  }

  /** Forgets the objects that were collected. */
  public static void expunge() {
    while (expungeOne()) {}
  }

  private static boolean expungeOne() {
    Object gone = GONE.poll();
    if (gone instanceof WeakIdentity entry) {
      entry.unregister();
    }
    return gone != null;
  }

  /** How many objects are known. */
  public static int known() {
    return TABLE.size();
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
