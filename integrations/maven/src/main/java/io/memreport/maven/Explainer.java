// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code memreport analyze} in this JVM, in a class loader of its own: its libraries meet none
 * of Maven's or of other extensions.
 */
final class Explainer implements AutoCloseable {
  private static final int CHECK_FAILED = 1;

  private final Path jar;
  private final URLClassLoader loader;
  private final Method run;

  /**
   * @param folder where the command's jar lies meanwhile
   */
  Explainer(Path folder) throws IOException, ReflectiveOperationException {
    jar = folder.resolve(NestedJar.COMMAND.fileName());
    NestedJar.COMMAND.copyTo(jar);
    loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    run =
        loader
            .loadClass("io.memreport.cli.Main")
            .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class);
  }

  /**
   * What came of it.
   *
   * @param said the verdict, at most six lines
   * @param problems a line each
   * @param failed whether a check that was asked for failed
   */
  record Result(List<String> said, List<String> problems, boolean failed) {}

  Result analyze(List<Path> runs, Path into, String failOn) throws ReflectiveOperationException {
    List<String> arguments = new ArrayList<>(List.of("analyze", "--brief"));
    arguments.addAll(List.of("-o", into.toString(), "--fail-on", failOn));
    runs.forEach(path -> arguments.add(path.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      int status =
          (Integer)
              run.invoke(
                  null,
                  new PrintWriter(out),
                  new PrintWriter(err),
                  arguments.toArray(String[]::new));
      List<String> said = out.toString().lines().toList();
      return new Result(
          said, err.toString().lines().toList(), status == CHECK_FAILED && !said.isEmpty());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
    Files.deleteIfExists(jar);
  }
}
