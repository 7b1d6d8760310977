// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs {@link Suite} on the JUnit Platform that is on the class path. */
public final class PlatformProgram {
  /** Prime, so that a multiple shows who allocated. */
  static final int CHUNK = 9_999_991;

  private PlatformProgram() {}

  public static void main(String[] arguments) {
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Suite.class)).build());
  }

  /** Allocates known amounts, in fixtures and tests of every kind. */
  @SuppressWarnings("MissingTestCall")
  static class Suite {
    private static final List<byte[]> KEPT = new ArrayList<>();

    /** Written only: what is kept is what it is for. */
    @SuppressWarnings("UnusedVariable")
    private static byte[] sink;

    private final byte[] field = new byte[CHUNK];

    @BeforeAll
    static void fixture() {
      KEPT.add(new byte[3 * CHUNK]);
    }

    @BeforeEach
    void setUp() {
      allocate(1);
    }

    @AfterEach
    void tearDown() {
      assert field.length == CHUNK;
    }

    private static void allocate(int chunks) {
      sink = new byte[chunks * CHUNK];
      sink = null;
    }

    @Test
    void plain() {
      allocate(2);
    }

    @Test
    void keeps() {
      KEPT.add(new byte[4 * CHUNK]);
    }

    @Test
    void fails() {
      throw new IllegalStateException("as it should");
    }

    @Test
    @Disabled("to be reported as skipped")
    void disabled() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void parameterized(int chunks) {
      allocate(chunks);
    }

    @RepeatedTest(2)
    void repeated() {}

    @TestFactory
    Stream<DynamicTest> dynamic() {
      return Stream.of(6, 7).map(n -> DynamicTest.dynamicTest("dynamic " + n, () -> allocate(n)));
    }

    /** A class inside a class. */
    @Nested
    class Inner {
      @Test
      void nested() {
        allocate(8);
      }
    }
  }
}
