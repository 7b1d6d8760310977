// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.words;

import io.memreport.model.shared.ChildProcess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What processes are called in sentences: by the test that they run, where that can be seen. */
public final class ProcessNames {
  /** The title of a worker of pytest-xdist. */
  private static final Pattern PYTEST =
      Pattern.compile("\\[pytest-xdist (?:idle|running)\\](?: (?<test>.+))?");

  /** The binary that {@code go test} builds of a package, and the tests that it is to run. */
  private static final Pattern GO = Pattern.compile("(?:.*/)?(?<binary>[\\w.-]+\\.test)(?: .*)?");

  private static final Pattern GO_TESTS = Pattern.compile(".* -test\\.run=(?<tests>\\S+).*");

  /** The kind of a process that {@code go test} started. */
  public static final String GO_TEST = "go test";

  private ProcessNames() {}

  /** As {@code tests/test_big.py::test_sort (pytest worker 4711)} or {@code postgres (4711)}. */
  public static String of(ChildProcess process) {
    String command = process.command() == null ? "" : process.command();
    Matcher pytest = PYTEST.matcher(command);
    if (pytest.matches()) {
      String test = pytest.group("test");
      return test == null
          ? "pytest worker " + process.pid()
          : test + " (pytest worker " + process.pid() + ")";
    }
    Matcher go = GO.matcher(command);
    if (go.matches()) {
      Matcher tests = GO_TESTS.matcher(command);
      return (tests.matches() ? tests.group("tests") + " of " : "")
          + go.group("binary")
          + " ("
          + process.pid()
          + ")";
    }
    String program = process.program();
    return (program == null ? "process" : program) + " (" + process.pid() + ")";
  }

  /** The test that it runs, or else its name. */
  public static String test(ChildProcess process) {
    Matcher pytest = PYTEST.matcher(String.valueOf(process.command()));
    return pytest.matches() && pytest.group("test") != null ? pytest.group("test") : of(process);
  }

  /** What it is one of: workers of one kind share it. */
  public static String kind(ChildProcess process) {
    String command = process.command() == null ? "" : process.command();
    if (PYTEST.matcher(command).matches()) {
      return "pytest worker";
    }
    return GO.matcher(command).matches() ? GO_TEST : String.valueOf(process.program());
  }
}
