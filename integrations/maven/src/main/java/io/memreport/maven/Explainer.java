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
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs {@code memreport} in this JVM, in a class loader of its own: its libraries meet none of
 * Maven's or of other extensions.
 */
final class Explainer implements AutoCloseable {
  private static final int CHECK_FAILED = 1;

  /** What the command begins lines with that are for people. */
  private static final String OURS = "memreport: ";

  private final Path jar;
  private final URLClassLoader loader;
  private final Method main;

  /**
   * @param folder where the command's jar lies meanwhile
   */
  Explainer(Path folder) throws IOException, ReflectiveOperationException {
    jar = folder.resolve(NestedJar.COMMAND.fileName());
    NestedJar.COMMAND.copyTo(jar);
    loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    main =
        loader
            .loadClass("io.memreport.cli.Main")
            .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class);
  }

  /**
   * What came of it.
   *
   * @param said the verdict, at most six lines
   * @param toServer lines that the CI server reads from the log, if one is known
   * @param problems a line each
   * @param failed whether a check that was asked for failed
   */
  record Result(List<String> said, List<String> toServer, List<String> problems, boolean failed) {}

  /** The report of a part of the build. */
  void analyze(Path runs, Path into) throws ReflectiveOperationException {
    run("analyze", "--quiet", "-o", into.toString(), runs.toString());
  }

  /** The report of the build, which a CI server is told of. */
  Result conclude(List<Path> runs, Path into, String failOn) throws ReflectiveOperationException {
    List<String> arguments =
        new ArrayList<>(List.of("ci", "--or-analyze", "-o", into.toString(), "--fail-on", failOn));
    runs.forEach(path -> arguments.add(path.toString()));
    return run(arguments.toArray(String[]::new));
  }

  private Result run(String... arguments) throws ReflectiveOperationException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      int status =
          (Integer) main.invoke(null, new PrintWriter(out), new PrintWriter(err), arguments);
      Map<Boolean, List<String>> lines =
          out.toString().lines().collect(Collectors.partitioningBy(line -> line.startsWith(OURS)));
      List<String> said = lines.get(true);
      return new Result(
          said,
          lines.get(false),
          err.toString().lines().toList(),
          status == CHECK_FAILED && !said.isEmpty());
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
