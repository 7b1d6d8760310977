// SPDX-License-Identifier: Apache-2.0
package io.memreport.testing;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command's jar, which the system property {@code memreport.cli.jar} names, run in this JVM in
 * a class loader of its own: a JVM for each of some sixty reports would take longer than what they
 * are about.
 */
public final class Command {
  private static final Method MAIN = main();

  private Command() {}

  private static Method main() {
    try {
      URL jar = Path.of(System.getProperty("memreport.cli.jar")).toUri().toURL();
      ClassLoader loader =
          new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
      return Class.forName("io.memreport.cli.Main", true, loader)
          .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class);
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("the command's jar is missing", e);
    }
  }

  /**
   * Analyzes run folders, and fails with what the command says unless it ends with status 0.
   *
   * @param runs the folder that they are in
   * @param report where the report goes
   * @param more arguments
   * @return the report's JSON
   */
  public static File analyze(Path runs, Path report, String... more)
      throws ReflectiveOperationException {
    List<String> arguments =
        new ArrayList<>(List.of("analyze", runs.toString(), "--quiet", "-o", report.toString()));
    arguments.addAll(List.of(more));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    Object status = MAIN.invoke(null, out, out, arguments.toArray(String[]::new));
    if (!status.equals(0)) {
      throw new AssertionError("status " + status + ": " + said);
    }
    return report.resolve("report.json").toFile();
  }
}
