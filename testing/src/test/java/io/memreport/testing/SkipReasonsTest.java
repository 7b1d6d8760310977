// SPDX-License-Identifier: Apache-2.0
package io.memreport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkipReasonsTest {
  static class Methods {
    @Test
    void runs() {}

    @Test
    void lacks_root() {
      Assumptions.assumeTrue(false, "only root may do this");
    }

    @Test
    @Disabled("not today")
    void is_disabled() {}
  }

  static class WholeClass {
    @BeforeAll
    static void look() {
      Assumptions.abort("no chromium on this machine");
    }

    @Test
    void runs() {}
  }

  @Test
  void each_skipped_test_is_printed_with_its_reason() {
    assertThat(printed(Methods.class))
        .containsExactlyInAnyOrder(
            "SKIPPED "
                + Methods.class.getName()
                + ".lacks_root: Assumption failed: only root may do this",
            "SKIPPED " + Methods.class.getName() + ".is_disabled: not today");
  }

  @Test
  void a_class_that_is_skipped_as_a_whole_is_one_line() {
    assertThat(printed(WholeClass.class))
        .singleElement()
        .asString()
        .startsWith("SKIPPED " + WholeClass.class.getName() + ": ")
        .endsWith("no chromium on this machine");
  }

  private static String[] printed(Class<?> tests) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SkipReasons reasons = new SkipReasons(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            reasons);
    return bytes.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
  }
}
