// SPDX-License-Identifier: Apache-2.0
package foreign;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Threads that are made in one place, and run while a test does that has nothing to do with them.
 * Virtual ones, too, where the JVM has them.
 */
public final class MadeThreadsProgram {
  private MadeThreadsProgram() {}

  public static void main(String[] arguments) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Suite.class)).build());
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  @SuppressWarnings("MissingTestCall")
  static class Suite {
    private static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());
    private static final List<Thread> OF_FIXTURE = new ArrayList<>();
    private static final List<Thread> OF_FIRST = new ArrayList<>();
    private static final BlockingQueue<Runnable> REQUESTS = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() throws Exception {
      Runnable keep = () -> keep(20);
      OF_FIXTURE.add(new Thread(keep));
      OF_FIXTURE.addAll(virtual(keep));
      Thread server = new Thread(Suite::serve);
      server.setDaemon(true);
      server.start();
    }

    @Test
    @Order(1)
    void makes_a_thread() throws Exception {
      Runnable keep = () -> keep(30);
      OF_FIRST.add(new Thread(keep));
      OF_FIRST.addAll(virtual(keep));
    }

    @Test
    @Order(2)
    void has_nothing_to_do_with_them() throws Exception {
      run(OF_FIXTURE);
      run(OF_FIRST);
    }

    @Test
    @Order(3)
    void asks_a_server_of_the_fixture() throws Exception {
      CountDownLatch answered = new CountDownLatch(1);
      REQUESTS.add(
          () -> {
            keep(10);
            answered.countDown();
          });
      answered.await();
    }

    /** With a thread for each request. */
    private static void serve() {
      while (true) {
        try {
          run(List.of(new Thread(REQUESTS.take())));
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private static void run(List<Thread> threads) throws InterruptedException {
      for (Thread thread : threads) {
        thread.start();
        thread.join();
      }
    }

    private static List<Thread> virtual(Runnable work) throws Exception {
      if (Runtime.version().feature() < 21) {
        return List.of();
      }
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return List.of(
          (Thread)
              Class.forName("java.lang.Thread$Builder")
                  .getMethod("unstarted", Runnable.class)
                  .invoke(builder, work));
    }

    private static void keep(int count) {
      for (int i = 0; i < count; i++) {
        KEPT.add(new int[1 << 18]);
      }
    }
  }
}
