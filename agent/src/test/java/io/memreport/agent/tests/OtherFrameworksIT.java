// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memreport.agent.WatchedJvm;
import io.memreport.recorder.event.MemreportEvent;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of JUnit 4, JUnit 3 and TestNG have rows of their own without the JUnit Platform. */
class OtherFrameworksIT {
  private static final long MIB = 1 << 20;
  private static final Path JARS = Path.of("target/compatibility");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"4.8.2", "4.13.2"})
  void tests_of_junit_4_have_their_bytes(String version) throws Exception {
    Map<String, RecordedEvent> tests =
        run("JUnit4Program", "junit-" + version + ".jar", "hamcrest-core-1.3.jar");
    assertThat(tests.keySet())
        .containsExactlyInAnyOrder(
            "JUnit4Program$Plain",
            "keeps keeps()",
            "keepsInTime keepsInTime()",
            "gives_back gives_back()",
            "fails fails()",
            "assumes assumes()",
            "ignored ignored()",
            "JUnit4Program$Sizes",
            "keeps [0]",
            "keeps [1]",
            "testKeeps testKeeps()");
    assertRetained(tests, "keeps keeps()", 6);
    assertRetained(tests, "keepsInTime keepsInTime()", 3);
    assertRetained(tests, "gives_back gives_back()", 0);
    assertRetained(tests, "keeps [0]", 2);
    assertRetained(tests, "keeps [1]", 4);
    assertRetained(tests, "testKeeps testKeeps()", 5);
    assertRetained(tests, "JUnit4Program$Plain", 0);
    assertThat(status(tests, "keeps keeps()")).isEqualTo("passed");
    assertThat(status(tests, "fails fails()")).isEqualTo("failed");
    assertThat(status(tests, "assumes assumes()")).isEqualTo("aborted");
    assertThat(status(tests, "ignored ignored()")).isEqualTo("skipped");
  }

  @Test
  void tests_that_the_platform_runs_are_not_told_twice() throws Exception {
    String platform = "junit-platform-console-standalone-1.13.4.jar";
    Path classes = compile("JUnit4Program", "junit-4.13.2.jar", "hamcrest-core-1.3.jar");
    String classPath =
        classPath(classes, platform, "junit-4.13.2.jar", "hamcrest-core-1.3.jar")
            + File.pathSeparator
            + ofThisTest(entry -> !entry.contains("junit"));
    WatchedJvm jvm =
        WatchedJvm.runProgram(
            classPath, folder.resolve("runs"), "", VintageProgram.class.getName());
    Map<String, RecordedEvent> tests = tests(jvm.succeeded());
    assertThat(tests.keySet()).filteredOn(name -> name.contains("keepsInTime")).hasSize(1);
    assertThat(tests.keySet()).anyMatch(name -> name.contains("testKeeps"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.14.3", "7.10.2"})
  void tests_of_testng_have_their_bytes(String version) throws Exception {
    Map<String, RecordedEvent> tests =
        run("TestNgProgram", "testng-" + version + ".jar", "jcommander-1.72.jar", "bsh-2.0b6.jar");
    assertThat(tests.keySet())
        .contains(
            "keeps keeps()",
            "gives_back gives_back()",
            "fails fails()",
            "keepsSome [0]",
            "keepsSome [1]");
    // With what the fixture of the method kept.
    assertRetained(tests, "keeps keeps()", 6 + 1);
    assertRetained(tests, "gives_back gives_back()", 1);
    assertRetained(tests, "keepsSome [0]", 2 + 1);
    assertRetained(tests, "keepsSome [1]", 4 + 1);
    assertThat(status(tests, "keeps keeps()")).isEqualTo("passed");
    assertThat(status(tests, "fails fails()")).isEqualTo("failed");
    assertThat(tests.keySet()).as("fixtures of the class").anyMatch(n -> n.startsWith("TestNgP"));
  }

  @Test
  void tests_of_testng_that_run_at_once_have_the_bytes_of_their_threads() throws Exception {
    Map<String, RecordedEvent> tests =
        run(
            List.of("at once"),
            "TestNgProgram",
            "testng-7.10.2.jar",
            "jcommander-1.72.jar",
            "bsh-2.0b6.jar");
    assertAllocated(tests, "keeps keeps()", 6 + 1);
    assertAllocated(tests, "gives_back gives_back()", 8 + 1);
    assertAllocated(tests, "keepsSome [0]", 2 + 1);
    assertAllocated(tests, "keepsSome [1]", 4 + 1);
    assertThat(tests.get("keeps keeps()").getLong("heapRetained"))
        .as("no collection tells tests apart that overlap")
        .isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void tests_of_junit_4_that_run_at_once_have_the_bytes_of_their_threads() throws Exception {
    Map<String, RecordedEvent> tests =
        run(List.of("at once"), "JUnit4Program", "junit-4.13.2.jar", "hamcrest-core-1.3.jar");
    assertAllocated(tests, "keeps keeps()", 6);
    assertAllocated(tests, "keeps [0]", 2);
    assertAllocated(tests, "keeps [1]", 4);
    assertAllocated(tests, "testKeeps testKeeps()", 5);
    assertThat(status(tests, "fails fails()")).isEqualTo("failed");
  }

  private Map<String, RecordedEvent> run(String program, String... jars) throws Exception {
    return run(List.of(), program, jars);
  }

  private Map<String, RecordedEvent> run(List<String> arguments, String program, String... jars)
      throws Exception {
    Path classes = compile(program, jars);
    String slf4j = ofThisTest(entry -> entry.contains("slf4j"));
    return tests(
        WatchedJvm.runProgram(
                classPath(classes, jars) + File.pathSeparator + slf4j,
                folder.resolve("runs"),
                ",leaks=gc",
                program,
                arguments.toArray(String[]::new))
            .succeeded());
  }

  private static String ofThisTest(Predicate<String> entries) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entries)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path compile(String program, String... jars) throws IOException {
    Path source = folder.resolve(program + ".java");
    try (InputStream text = OtherFrameworksIT.class.getResourceAsStream(program + ".txt")) {
      Files.write(source, text.readAllBytes());
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-nowarn",
                "-encoding",
                StandardCharsets.UTF_8.name(),
                "-d",
                classes.toString(),
                "-cp",
                classPath(classes, jars),
                source.toString());
    assertThat(status).as("javac").isZero();
    return classes;
  }

  private static String classPath(Path classes, String... jars) {
    return Stream.concat(Stream.of(classes), Stream.of(jars).map(JARS::resolve))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The ends of tests by method and display name; classes by display name. */
  private static Map<String, RecordedEvent> tests(WatchedJvm jvm) throws IOException {
    List<RecordedEvent> events = jvm.events();
    Map<Long, RecordedEvent> ends =
        named(events, "memreport.Test")
            .collect(Collectors.toMap(event -> event.getLong("testId"), Function.identity()));
    return named(events, "memreport.TestStart")
        .collect(
            Collectors.toMap(
                start ->
                    (start.getString("methodName") == null
                            ? ""
                            : start.getString("methodName") + " ")
                        + start.getString("displayName"),
                start -> ends.get(start.getLong("testId")),
                (first, second) -> first));
  }

  private static Stream<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name));
  }

  private static String status(Map<String, RecordedEvent> tests, String name) {
    return tests.get(name).getString("status");
  }

  /** What classes that are loaded with a test take is far less than a mebibyte and a half. */
  private static void assertRetained(Map<String, RecordedEvent> tests, String name, long mib) {
    assertThat(tests.get(name).getLong("heapRetained"))
        .as(name)
        .isCloseTo(mib * MIB, within(MIB * 3 / 2));
  }

  /** What the framework allocates on the test's thread is far less than half a mebibyte. */
  private static void assertAllocated(Map<String, RecordedEvent> tests, String name, long mib) {
    assertThat(tests.get(name).getLong("heapAllocated"))
        .as(name)
        .isBetween(mib * MIB, mib * MIB + MIB / 2);
  }
}
