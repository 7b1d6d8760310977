// SPDX-License-Identifier: Apache-2.0
package shop;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the suite as a build tool would, and says how it went. */
public final class SuiteMain {
  private SuiteMain() {}

  private static final List<Class<?>> SUITE =
      List.of(
          CustomersTest.class,
          CatalogueTest.class,
          OrdersTest.class,
          OrderHistoryReportTest.class,
          TopSellersTest.class,
          CustomerImportTest.class,
          RecommendationsTest.class);

  /**
   * Ends with status 1 if a test failed.
   *
   * @param arguments names of test classes to run instead of the suite
   */
  public static void main(String[] arguments) {
    LauncherDiscoveryRequest suite =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                arguments.length == 0
                    ? SUITE.stream().map(DiscoverySelectors::selectClass).toList()
                    : Arrays.stream(arguments).map(DiscoverySelectors::selectClass).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(suite, listener);
    System.out.printf(
        "%d tests, %d failed%n",
        listener.getSummary().getTestsStartedCount(), listener.getSummary().getTestsFailedCount());
    listener
        .getSummary()
        .printFailuresTo(new PrintWriter(System.out, true, Charset.defaultCharset()));
    if (listener.getSummary().getTotalFailureCount() > 0) {
      System.exit(1);
    }
  }
}
