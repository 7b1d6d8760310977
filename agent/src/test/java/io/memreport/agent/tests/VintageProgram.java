// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of JUnit 4 by the JUnit Platform's vintage engine. */
final class VintageProgram {
  private VintageProgram() {}

  public static void main(String[] arguments) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    DiscoverySelectors.selectClass("JUnit4Program$Plain"),
                    DiscoverySelectors.selectClass("JUnit4Program$Old"))
                .build());
  }
}
