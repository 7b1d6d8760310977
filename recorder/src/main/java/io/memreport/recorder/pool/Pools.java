// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.scope.Emission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What code woven into connection pools calls. To borrow a connection and to give it back costs
 * some 80 ns together: a look at the clock each, and three look-ups. The pool itself is read once
 * when it is first seen, and then once a second on a thread of ours.
 */
public final class Pools {
  private static final Map<String, PoolKind> KINDS = kinds();

  /** The classes whose instances are pools, by their full names; so are those of subclasses. */
  public static final List<String> CLASSES = List.copyOf(KINDS.keySet());

  private static final WeakTable<PoolScope> POOLS = new WeakTable<>();

  static {
    Emission.also(Pools::write);
  }

  private Pools() {}

  private static Map<String, PoolKind> kinds() {
    Map<String, PoolKind> kinds = new LinkedHashMap<>();
    kinds.put(Hikari.POOL, new Hikari());
    kinds.put(Dbcp2.POOL, new Dbcp2());
    kinds.put(C3p0.POOL, new C3p0());
    kinds.put(Agroal.POOL, new Agroal());
    kinds.put(SpringSingle.POOL, new SpringSingle());
    kinds.put(SpringUnpooled.POOL, new SpringUnpooled());
    return kinds;
  }

  /**
   * A pool was found, as by a search of the heap. It is read within a second, but not here, as that
   * may have to wait; nothing happens if it is known, closed, or none that we can read.
   */
  public static void adopt(Object pool) {
    try {
      PoolKind kind = POOLS.find(pool) == null ? kindOf(pool) : null;
      if (kind != null) {
        add(new PoolScope(pool, kind), pool);
      }
    } catch (Throwable e) {
      Failure.note("A connection pool", e);
    }
  }

  /** A pool hands a connection to this thread. */
  public static void borrowed(Object pool, Object connection) {
    try {
      PoolScope scope = find(pool);
      if (scope != null && connection != null && scope.kind.lends()) {
        Borrows.begin(connection, scope);
      }
    } catch (Throwable e) {
      Failure.note("Borrowing a connection", e);
    }
  }

  /** What a pool handed out is given back to it; nothing happens if it was before. */
  public static void returned(Object connection) {
    try {
      Borrows.end(connection);
    } catch (Throwable e) {
      Failure.note("Giving back a connection", e);
    }
  }

  /** Reads pools no more, and forgets all of them. */
  public static void stop() {
    PoolReader.stop();
    POOLS.clear();
    Borrows.clear();
  }

  /** The pool's own locks may be taken here, as the thread that borrows takes them anyhow. */
  private static PoolScope find(Object pool) {
    PoolScope known = POOLS.find(pool);
    if (known != null) {
      return known;
    }
    PoolKind kind = kindOf(pool);
    if (kind == null) {
      return null;
    }
    PoolScope found = new PoolScope(pool, kind);
    found.read();
    return add(found, pool);
  }

  private static PoolScope add(PoolScope scope, Object pool) {
    synchronized (POOLS) {
      PoolScope known = POOLS.find(pool);
      if (known != null) {
        return known;
      }
      POOLS.add(scope);
    }
    PoolReader.start();
    return scope;
  }

  private static PoolKind kindOf(Object pool) {
    for (Class<?> type = pool.getClass(); type != null; type = type.getSuperclass()) {
      PoolKind kind = KINDS.get(type.getName());
      if (kind != null) {
        return kind;
      }
    }
    return null;
  }

  /** Asks all pools how they are. */
  static void read() {
    for (PoolScope pool : POOLS.all()) {
      if (!pool.read()) {
        POOLS.drop(pool);
        pool.end();
      }
    }
  }

  private static void write(int chunk) {
    try {
      POOLS.all().forEach(pool -> pool.write(chunk));
      Borrows.write(chunk);
    } catch (Throwable e) {
      Failure.note("Writing connection pools", e);
    }
  }
}
