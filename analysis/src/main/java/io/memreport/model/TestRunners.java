// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.util.regex.Pattern;

/** Programs that run tests, by their main class or jar. */
public final class TestRunners {
  private static final Pattern RUNNER =
      Pattern.compile(
          "(?:\\S*/)?surefirebooter\\S*\\.jar|org\\.apache\\.maven\\.surefire\\.booter\\.ForkedBooter"
              + "|worker\\.org\\.gradle\\.process\\.internal\\.worker\\.GradleWorkerMain"
              + "|org\\.junit\\.platform\\.console\\.ConsoleLauncher|(?:\\S*/)?junit-platform-console\\S*\\.jar"
              + "|org\\.junit\\.runner\\.JUnitCore|junit\\.textui\\.TestRunner|org\\.testng\\.TestNG"
              + "|com\\.intellij\\.rt\\.(?:execution\\.)?(?:junit\\.JUnitStarter|testng\\.RemoteTestNGStarter)"
              + "|org\\.eclipse\\.jdt\\.internal\\.junit\\.runner\\.RemoteTestRunner"
              + "|com\\.microsoft\\.java\\.test\\.runner\\.Launcher|sbt\\.ForkMain"
              + "|org\\.scalatest\\.tools\\.Runner|com\\.google\\.testing\\.junit\\.runner\\.BazelTestRunner");

  /** What a worker of Gradle shows behind its main class; compilers are workers, too. */
  private static final String GRADLE_TESTS = "Gradle Test Executor";

  private static final String GRADLE_WORKER = "GradleWorkerMain";

  private TestRunners() {}

  /**
   * Whether a command is that of a test runner.
   *
   * @param command main class and arguments, or null
   */
  public static boolean isOne(String command) {
    String main = command == null ? "" : command.split(" ", 2)[0];
    return RUNNER.matcher(main).matches()
        && (!main.endsWith(GRADLE_WORKER) || command.contains(GRADLE_TESTS));
  }
}
