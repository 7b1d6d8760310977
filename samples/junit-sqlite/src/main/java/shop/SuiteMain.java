// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the suite as a build tool would, and says how it went. */
public final class SuiteMain {
  private SuiteMain() {}

  /** Ends with status 1 if a test failed. */
  public static void main(String[] arguments) {
    LauncherDiscoveryRequest suite =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectClass(CustomersTest.class),
                selectClass(CatalogueTest.class),
                selectClass(OrdersTest.class),
                selectClass(OrderHistoryReportTest.class),
                selectClass(TopSellersTest.class),
                selectClass(CustomerImportTest.class),
                selectClass(RecommendationsTest.class))
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
