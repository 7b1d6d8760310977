// SPDX-License-Identifier: Apache-2.0
package foreign;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A thread that a class's fixture started keeps 200 arrays while a test of that class waits. */
public final class FixtureThreadProgram {
  /** Each, without its header. */
  public static final int BYTES = 100_000;

  /** Arrays. */
  public static final int COUNT = 200;

  private FixtureThreadProgram() {}

  public static void main(String[] arguments) {
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Suite.class)).build());
  }

  @SuppressWarnings("MissingTestCall")
  static class Suite {
    private static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());
    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static final CountDownLatch WAITED_FOR = new CountDownLatch(1);
    private static final CountDownLatch DONE = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
      Thread filler = new Thread(Suite::fill);
      filler.setDaemon(true);
      filler.start();
      // The JVM tells of a thread once it runs, not when it is started.
      STARTED.await();
    }

    @Test
    void waits() throws Exception {
      WAITED_FOR.countDown();
      DONE.await();
    }

    private static void fill() {
      STARTED.countDown();
      try {
        WAITED_FOR.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      for (int i = 0; i < COUNT; i++) {
        KEPT.add(new byte[BYTES]);
      }
      DONE.countDown();
    }
  }
}
