// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Two tests run at once; the pools' threads are all started by the one, and the other hands work
 * over in every way there is. Each piece is a query whose alias says which way. Then two tests run
 * one after the other, and what the first handed over runs in the second.
 */
public final class HandedProgram {
  private static final String PARALLEL = "junit.jupiter.execution.parallel.";
  private static final int THREADS = 2;
  private static final long SECONDS = 60;

  private static final Seeing POOL = new Seeing();
  private static final ScheduledThreadPoolExecutor SCHEDULED =
      new ScheduledThreadPoolExecutor(THREADS);
  private static final ForkJoinPool FORKS = new ForkJoinPool(THREADS);
  private static final Timer TIMER = new Timer(true);

  private HandedProgram() {}

  /** A pool that looks at its tasks. */
  private static final class Seeing extends ThreadPoolExecutor {
    final List<Runnable> seen = new ArrayList<>();

    Seeing() {
      super(THREADS, THREADS, SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      synchronized (seen) {
        seen.add(task);
      }
    }
  }

  public static void main(String[] arguments) {
    boolean passed = run(AtOnce.class, true) && run(InTurn.class, false);
    System.exit(passed ? 0 : 1);
  }

  private static boolean run(Class<?> suite, boolean parallel) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(suite))
                .configurationParameter(PARALLEL + "enabled", String.valueOf(parallel))
                .configurationParameter(PARALLEL + "mode.default", "concurrent")
                .configurationParameter(
                    PARALLEL + "config.executor-service",
                    System.getProperty("executor", "fork_join_pool"))
                .configurationParameter(PARALLEL + "config.strategy", "fixed")
                .configurationParameter(PARALLEL + "config.fixed.parallelism", "3")
                .build(),
            summary);
    summary.getSummary().getFailures().forEach(f -> f.getException().printStackTrace());
    return summary.getSummary().getTestsSucceededCount()
        == summary.getSummary().getTestsFoundCount();
  }

  /** Takes more than 8 MB of SQLite's heap. */
  private static int query(String way) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select length(hex(zeroblob(4000000))) as " + way)) {
      return result.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("MissingTestCall")
  static class AtOnce {
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);
    private static final CountDownLatch WARM = new CountDownLatch(1);
    private static final CountDownLatch DONE = new CountDownLatch(1);

    @Test
    void innocent() throws Exception {
      BOTH.await(SECONDS, TimeUnit.SECONDS);
      POOL.prestartAllCoreThreads();
      SCHEDULED.prestartAllCoreThreads();
      busy(FORKS);
      busy(ForkJoinPool.commonPool());
      WARM.countDown();
      HandedProgram.await(DONE);
    }

    /** Has all threads of a pool started. */
    private static void busy(ExecutorService pool) throws Exception {
      CountDownLatch started = new CountDownLatch(1);
      for (int i = 0; i < THREADS; i++) {
        pool.submit(started::countDown).get(SECONDS, TimeUnit.SECONDS);
      }
      HandedProgram.await(started);
    }

    @Test
    void guilty() throws Exception {
      BOTH.await(SECONDS, TimeUnit.SECONDS);
      HandedProgram.await(WARM);
      try {
        pools();
        timers();
        forks();
        stages();
        threads();
        harmless();
      } finally {
        DONE.countDown();
      }
    }

    private static void pools() throws Exception {
      CountDownLatch ran = new CountDownLatch(1);
      POOL.execute(
          () -> {
            query("executed");
            ran.countDown();
          });
      HandedProgram.await(ran);
      get(POOL.submit(() -> query("submitted")));
      POOL.invokeAll(List.<Callable<Integer>>of(() -> query("invoked")));
      get(POOL.submit(() -> get(SCHEDULED.submit(() -> query("handed_on")))));
      get(SCHEDULED.schedule(() -> query("scheduled"), 1, TimeUnit.MILLISECONDS));
      CountDownLatch twice = new CountDownLatch(2);
      ScheduledFuture<?> periodic =
          SCHEDULED.scheduleAtFixedRate(
              () -> {
                query("periodic");
                twice.countDown();
              },
              1,
              1,
              TimeUnit.MILLISECONDS);
      HandedProgram.await(twice);
      periodic.cancel(false);
    }

    private static void timers() {
      CountDownLatch once = new CountDownLatch(1);
      TIMER.schedule(timed("timed", once), 1);
      HandedProgram.await(once);
      CountDownLatch twice = new CountDownLatch(2);
      TimerTask again = timed("timed_again", twice);
      TIMER.schedule(again, 1, 1);
      HandedProgram.await(twice);
      again.cancel();
    }

    private static TimerTask timed(String way, CountDownLatch ran) {
      return new TimerTask() {
        @Override
        public void run() {
          query(way);
          ran.countDown();
        }
      };
    }

    private static void forks() throws Exception {
      get(FORKS.submit(() -> query("of_a_pool")));
      FORKS.invoke(new Halves(4));
      get(ForkJoinPool.commonPool().submit(() -> query("of_the_common_pool")));
      IntStream.range(0, 8).parallel().forEach(i -> query("streamed"));
    }

    private static void stages() throws Exception {
      get(CompletableFuture.supplyAsync(() -> query("supplied")));
      get(CompletableFuture.runAsync(() -> query("run_by_pool"), POOL));
      CompletableFuture<String> first = new CompletableFuture<>();
      CompletableFuture<String> second = new CompletableFuture<>();
      CompletableFuture<?> all =
          CompletableFuture.allOf(
              first.thenApply(text -> query("applied")),
              first.thenApplyAsync(text -> query("applied_by_pool"), POOL),
              first.whenCompleteAsync((text, e) -> query("completed_async")),
              first.thenCombine(second, (a, b) -> query("combined")),
              first.handle((text, e) -> query("handled")).thenRun(() -> query("then_run")));
      Thread outsider =
          new Thread(
              null,
              () -> {
                first.complete("");
                second.complete("");
              },
              "outsider",
              0,
              false);
      outsider.start();
      get(all);
      get(
          CompletableFuture.supplyAsync(
              () -> query("delayed"),
              CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, POOL)));
    }

    private static void threads() throws Exception {
      Thread thread = new Thread(() -> query("started"));
      thread.start();
      thread.join();
      get(
          POOL.submit(
              () -> {
                Thread inner = new Thread(() -> query("started_by_pool"));
                inner.start();
                inner.join();
                return null;
              }));
      if (Runtime.version().feature() >= 21) {
        ExecutorService virtual =
            (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        get(virtual.submit(() -> query("virtual")));
        get(POOL.submit(() -> get(virtual.submit(() -> query("virtual_of_pool")))));
        get(virtual.submit(() -> get(POOL.submit(() -> query("pool_of_virtual")))));
        virtual.shutdown();
      }
    }

    /** What an application may notice of it: nothing. */
    private static void harmless() throws Exception {
      CountDownLatch go = new CountDownLatch(1);
      for (int i = 0; i < THREADS; i++) {
        POOL.execute(() -> HandedProgram.await(go));
      }
      Runnable waits =
          new Runnable() {
            @Override
            public void run() {
              query("never");
            }
          };
      POOL.execute(waits);
      boolean queued = POOL.getQueue().contains(waits);
      boolean removed = POOL.remove(waits);
      WeakReference<Object> gone = new WeakReference<>(waits);
      waits = null;
      for (int i = 0; i < 50 && gone.get() != null; i++) {
        System.gc();
        Thread.sleep(10);
      }
      go.countDown();
      Runnable own = () -> {};
      POOL.submit(own).get(SECONDS, TimeUnit.SECONDS);
      POOL.execute(own);
      // On any of its threads, and later than what the pool is given next.
      boolean same = false;
      for (long i = 0; i < 100 * SECONDS && !same; i++) {
        Thread.sleep(10);
        synchronized (POOL.seen) {
          same = POOL.seen.contains(own);
        }
      }
      synchronized (POOL.seen) {
        POOL.seen.clear();
      }
      System.out.printf(
          "queued %s, removed %s, collected %s, own %s%n",
          queued, removed, gone.get() == null, same);
    }

    private static <T> T get(java.util.concurrent.Future<T> future) throws Exception {
      return future.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Forks halves until there is one. */
    private static final class Halves extends RecursiveAction {
      private static final long serialVersionUID = 1;
      private final int size;

      Halves(int size) {
        this.size = size;
      }

      @Override
      protected void compute() {
        if (size == 1) {
          query("forked");
        } else {
          invokeAll(new Halves(size / 2), new Halves(size / 2));
        }
      }
    }
  }

  @SuppressWarnings("MissingTestCall")
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class InTurn {
    private static final CountDownLatch NEXT = new CountDownLatch(1);
    private static final CountDownLatch LATE = new CountDownLatch(4);

    @Test
    @Order(1)
    void hands_over() {
      Runnable late =
          () -> {
            HandedProgram.await(NEXT);
            query("late");
            LATE.countDown();
          };
      POOL.execute(late);
      SCHEDULED.execute(late);
      FORKS.execute(late);
      TIMER.schedule(
          new TimerTask() {
            @Override
            public void run() {
              late.run();
            }
          },
          1);
    }

    @Test
    @Order(2)
    void comes_later() {
      NEXT.countDown();
      HandedProgram.await(LATE);
    }

    @Test
    @Order(3)
    void works_for_itself() throws Exception {
      POOL.submit(() -> query("of_its_own")).get(SECONDS, TimeUnit.SECONDS);
      FORKS.submit(() -> query("of_its_own")).get(SECONDS, TimeUnit.SECONDS);
    }
  }
}
