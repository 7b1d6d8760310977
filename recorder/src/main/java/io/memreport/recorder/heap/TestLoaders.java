// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.heap.KeptLoadersEvent;
import io.memreport.recorder.weak.WeakIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Class loaders that tests made. A framework loads its classes once; a test that leaves many
 * loaders with the same class in each leaves them in metaspace as often.
 */
public final class TestLoaders {
  /** Of so many what is known takes some 500 kB; more are not followed. */
  private static final int MOST = 5_000;

  private static final int MOST_KINDS = 300;

  /** When all are taken, those of loaders that are gone are looked for once for so many. */
  private static final int DROPPED_UNTIL_LOOK = 1_000;

  /** Fewer with the same class in each are those of a framework. */
  private static final int MANY = 16;

  /** Scripts and generated classes are counted: {@code Script1}, {@code Script2}. */
  private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

  /** One for each method that is called by reflection: the JDK's own. */
  private static final String ACCESSORS = "jdk/internal/reflect/";

  private static final ThreadLocal<WeakIdentity.Key> KEY =
      ThreadLocal.withInitial(WeakIdentity.Key::new);

  /** Held for moments, with nothing of the application's called. */
  private static final Object LOCK = new Object();

  private static final List<Known> KNOWN = new ArrayList<>();
  private static final Map<Kind, Kind> KINDS = new HashMap<>();

  /** How many were told of. */
  private static final Map<Kind, Integer> TOLD = new HashMap<>();

  private static int dropped;

  private TestLoaders() {}

  /**
   * Loaders of a test that are of one class, and whose first classes have the same name but for
   * numbers.
   *
   * @param first null if the name was not told when it was defined
   */
  private record Kind(long test, String loader, String first) {}

  private static final class Known extends WeakIdentity {
    final Kind kind;

    Known(ClassLoader loader, Kind kind) {
      super(loader);
      this.kind = kind;
    }

    boolean isGone() {
      return refersTo(null);
    }
  }

  /** Whether this loader was told of, or is the JDK's own for a class of this name. */
  public static boolean isKnown(ClassLoader loader, String className) {
    return className != null && className.startsWith(ACCESSORS) || KEY.get().find(loader) != null;
  }

  /**
   * A loader defines its first class.
   *
   * @param className its internal name, or null
   * @param test the id of the test that it does so in
   */
  public static void defines(ClassLoader loader, String className, long test) {
    String first =
        className == null ? null : NUMBERS.matcher(className).replaceAll("").replace('/', '.');
    Kind kind = new Kind(test, loader.getClass().getName(), first);
    synchronized (LOCK) {
      if (KNOWN.size() >= MOST && dropped++ % DROPPED_UNTIL_LOOK == 0) {
        KNOWN.removeIf(Known::isGone);
      }
      if (KNOWN.size() < MOST && (KINDS.size() < MOST_KINDS || KINDS.containsKey(kind))) {
        Known known = new Known(loader, KINDS.computeIfAbsent(kind, same -> same));
        KNOWN.add(known);
        known.register();
      }
    }
  }

  /**
   * Whether a test made so many alike that it is to be told of those that live, and was not yet.
   */
  static boolean areMany() {
    Map<Kind, Integer> live = live();
    synchronized (LOCK) {
      return live.entrySet().stream()
          .anyMatch(
              kind -> kind.getValue() >= MANY && !kind.getValue().equals(TOLD.get(kind.getKey())));
    }
  }

  /** Call after a full collection. */
  static void write() {
    Map<Kind, Integer> live = live();
    Map<Kind, Integer> told;
    synchronized (LOCK) {
      // That those of an earlier time are gone is told, too.
      TOLD.replaceAll((kind, before) -> live.getOrDefault(kind, 0));
      live.entrySet().stream()
          .filter(kind -> kind.getValue() >= MANY)
          .forEach(kind -> TOLD.put(kind.getKey(), kind.getValue()));
      told = Map.copyOf(TOLD);
    }
    told.forEach(TestLoaders::write);
  }

  private static void write(Kind kind, int count) {
    KeptLoadersEvent event = new KeptLoadersEvent();
    event.testId = kind.test();
    event.loader = kind.loader();
    event.className = kind.first();
    event.count = count;
    event.commit();
  }

  private static Map<Kind, Integer> live() {
    Map<Kind, Integer> live = new HashMap<>();
    synchronized (LOCK) {
      KNOWN.removeIf(Known::isGone);
      KNOWN.forEach(known -> live.merge(known.kind, 1, Integer::sum));
      KINDS.keySet().retainAll(live.keySet());
    }
    return live;
  }

  static void forget() {
    synchronized (LOCK) {
      KNOWN.clear();
      KINDS.clear();
      TOLD.clear();
      dropped = 0;
    }
  }
}
