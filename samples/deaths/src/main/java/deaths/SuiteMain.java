// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs tests as a build tool's fork would. */
public final class SuiteMain {
  private SuiteMain() {}

  /** Takes test classes, and test methods as {@code Class#method}, of this package. */
  public static void main(String[] tests) {
    LauncherDiscoveryRequest suite =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(tests).map(SuiteMain::select).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(suite, listener);
    listener
        .getSummary()
        .printFailuresTo(new PrintWriter(System.out, true, Charset.defaultCharset()));
  }

  private static DiscoverySelector select(String test) {
    String name = SuiteMain.class.getPackageName() + "." + test;
    return name.contains("#")
        ? DiscoverySelectors.selectMethod(name)
        : DiscoverySelectors.selectClass(name);
  }
}
