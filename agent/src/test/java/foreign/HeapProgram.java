// SPDX-License-Identifier: Apache-2.0
package foreign;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Tests that leave known amounts of Java heap behind, or none. Not in a package of ours: what our
 * own classes allocate is left out of samples.
 */
public final class HeapProgram {
  /** Bytes. */
  public static final int MIB = 1 << 20;

  private HeapProgram() {}

  public static void main(String[] arguments) {
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Suite.class)).build());
  }

  @SuppressWarnings("MissingTestCall")
  static class Suite {
    private static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());
    private static ExecutorService pool;

    /** Written only: what was allocated is garbage afterwards. */
    @SuppressWarnings("UnusedVariable")
    private static byte[] sink;

    @BeforeAll
    static void start() throws Exception {
      pool = Executors.newFixedThreadPool(1);
      pool.submit(() -> {}).get();
    }

    @AfterAll
    static void stop() {
      pool.shutdown();
    }

    @Test
    void innocent() {
      for (int i = 0; i < 300; i++) {
        sink = new byte[MIB];
      }
      sink = null;
    }

    @Test
    void gives_back() {
      List<byte[]> held = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        held.add(new byte[MIB]);
      }
      assert held.size() == 40;
    }

    @Test
    void keeps_arrays() {
      keep(48);
    }

    @Test
    void keeps_in_a_pool() throws Exception {
      pool.submit(() -> keep(24)).get();
    }

    @Test
    void keeps_small_ones() {
      List<long[]> small = new ArrayList<>();
      for (int i = 0; i < 200_000; i++) {
        small.add(new long[14]);
      }
      KEPT.add(small);
    }

    private static void keep(int count) {
      for (int i = 0; i < count; i++) {
        KEPT.add(new int[MIB / 4]);
      }
    }
  }
}
