// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the suite, or the test classes that are named, and says how it went. */
public final class SuiteMain {
  private static final List<String> SUITE =
      List.of("ClosedServerTest", "ForgottenServerTest", "KilledServerTest");

  private SuiteMain() {}

  /** Ends with status 1 if a test failed. */
  public static void main(String[] arguments) {
    List<String> names = arguments.length == 0 ? SUITE : List.of(arguments);
    List<ClassSelector> classes =
        names.stream().map(name -> selectClass("postgres." + name)).toList();
    LauncherDiscoveryRequest suite =
        LauncherDiscoveryRequestBuilder.request().selectors(classes).build();
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
