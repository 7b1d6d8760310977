// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.process;

import io.memreport.model.Role;
import io.memreport.model.TestRunners;
import java.util.regex.Pattern;

/** Tells from what a process did, or else from its main class, what it is there for. */
public final class Roles {
  private static final Pattern BUILD_TOOL =
      Pattern.compile(
          "org\\.codehaus\\.plexus\\.classworlds\\.launcher\\.Launcher|org\\.apache\\.maven\\..*"
              + "|(?:worker\\.)?org\\.gradle\\..*|.*gradle-wrapper.*|.*maven-wrapper.*|.*sbt-launch.*|xsbt\\.boot\\.Boot"
              + "|org\\.apache\\.tools\\.ant\\..*|mill\\..*|.*/bazel.*|com\\.google\\.devtools\\.build\\..*");

  private static final Pattern COMPILER =
      Pattern.compile(
          "(?:jdk\\.compiler/)?com\\.sun\\.tools\\.javac\\..*|org\\.jetbrains\\.kotlin\\..*"
              + "|scala\\.tools\\.nsc\\..*|org\\.eclipse\\.jdt\\..*|.*BuildJar_deploy\\.jar");

  private Roles() {}

  /**
   * The role of one that supervised nobody.
   *
   * @param command main class and arguments, or null
   */
  public static Role of(boolean ranTests, boolean ranQueries, String command) {
    if (ranTests || TestRunners.isOne(command)) {
      return Role.TEST_FORK;
    }
    return ranQueries ? Role.SERVICE : ofCommand(command);
  }

  /** What a main class, or the jar that has it, is known for. */
  private static Role ofCommand(String command) {
    String main = command == null ? "" : command.split(" ", 2)[0];
    if (BUILD_TOOL.matcher(main).matches()) {
      return Role.BUILD_TOOL;
    }
    return COMPILER.matcher(main).matches() ? Role.COMPILER : Role.OTHER;
  }
}
