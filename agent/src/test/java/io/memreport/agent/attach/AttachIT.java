// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM under load is attached to, recorded, and left as it was. */
class AttachIT {
  private static final int ROUNDS = Integer.getInteger("memreport.rounds", 24);

  /**
   * After so many rounds all that is made once is there: reflection's accessors, JFR's own classes.
   */
  private static final int WARM = 20;

  private static final int COLLECTIONS = 20;

  /** What the JDK itself may still make in the rounds after. */
  private static final int FURTHER_CLASSES = 50;

  @TempDir Path folder;

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void nothing_is_left_behind(Path javaHome) throws Exception {
    try (LoadedJvm jvm = LoadedJvm.start(javaHome, folder)) {
      List<String> before = jvm.digests(folder.resolve("before.txt"));
      jvm.attach("out=" + folder.resolve("runs"));
      Thread.sleep(1500);
      assertThat(jvm.threads()).anyMatch(name -> name.startsWith("memreport-"));
      assertThat(jvm.pointersIntoShim()).isPositive();
      assertThat(jvm.maps("flight.box")).isTrue();
      // Pools are woven by the first span that begins.
      for (int i = 0; i < 120 && isAnyIn(jvm, woven(before)); i++) {
        Thread.sleep(250);
      }
      assertThat(jvm.digests(folder.resolve("during.txt")))
          .doesNotContainAnyElementsOf(woven(before));
      Thread.sleep(500);
      jvm.attach("stop");
      jvm.collect();
      assertThat(jvm.threads()).noneMatch(name -> name.startsWith("memreport-"));
      assertThat(jvm.pointersIntoShim()).isZero();
      assertThat(jvm.maps("flight.box")).isFalse();
      assertThat(jvm.digests(folder.resolve("after.txt"))).containsAll(before);
      assertThat(jvm.files()).noneMatch(file -> file.contains("/runs/"));
      assertThat(jvm.end()).endsWith("failures 0 lost 0");
    }
    RunEvents events = new RunEvents(RecordingFile.readAllEvents(recordings().get(0)));
    assertThat(events.named("memreport.ConnectionOpen"))
        .filteredOn(event -> event.getBoolean("beforeAttach"))
        .as("connections that were open before")
        .isNotEmpty();
    assertThat(events.query("select a from t where id = ?").sum("executions")).isPositive();
    assertThat(events.query("select ? as pooled").totals())
        .as("work of a span on a pool that was there before")
        .anyMatch(event -> event.getString("attribution").equals("submitted"));
    assertThat(events.named("memreport.RunEnd"))
        .extracting(event -> event.getString("reason"))
        .containsExactly("detached");
  }

  /** An attach changes the options of a run that is there, and its end gives them back. */
  @Test
  void the_run_of_the_jvms_own_start_goes_on() throws Exception {
    Path home = Path.of(System.getProperty("java.home"));
    String agent = "-javaagent:" + WatchedJvm.agentJar() + "=out=" + folder.resolve("runs");
    try (LoadedJvm jvm = LoadedJvm.start(home, folder, agent)) {
      jvm.attach("stop");
      jvm.attach("out=" + folder.resolve("others") + ",query-threshold=1ms");
      jvm.attach("stop");
      assertThat(jvm.threads()).anyMatch(name -> name.startsWith("memreport-"));
      assertThat(jvm.end()).endsWith("failures 0 lost 0");
    }
    assertThat(folder.resolve("others")).doesNotExist();
    RunEvents events = new RunEvents(RecordingFile.readAllEvents(recordings().get(0)));
    assertThat(events.named("memreport.RunEnd"))
        .extracting(event -> event.getString("reason"))
        .containsExactly("shutdown");
    assertThat(events.named("memreport.Note"))
        .extracting(event -> event.getString("text"))
        .anyMatch(text -> text.contains("query-threshold=1ms"))
        .anyMatch(text -> text.contains("those that it was started with"));
  }

  @Test
  void rounds_leak_nothing_and_lose_no_query() throws Exception {
    Path home = Path.of(System.getProperty("java.home"));
    try (LoadedJvm jvm = LoadedJvm.start(home, folder)) {
      long loaders = jvm.bootClassesAndLoaders()[1];
      long classes = 0;
      long files = 0;
      long threads = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        jvm.attach("out=" + folder.resolve("runs"));
        jvm.attach("stop");
        if (round == Math.min(WARM, ROUNDS)) {
          jvm.collect();
          classes = jvm.bootClassesAndLoaders()[0];
          files = ownFiles(jvm);
          threads = jvm.threads().size();
        }
      }
      assertThat(loadersLeft(jvm, loaders)).isLessThanOrEqualTo(loaders);
      assertThat(jvm.bootClassesAndLoaders()[0]).isLessThanOrEqualTo(classes + FURTHER_CLASSES);
      assertThat(ownFiles(jvm)).isLessThanOrEqualTo(files);
      assertThat(jvm.threads()).hasSizeLessThanOrEqualTo((int) threads);
      assertThat(jvm.maps("flight.box")).isFalse();
      assertThat(jvm.end()).endsWith("failures 0 lost 0");
    }
    assertThat(recordings()).hasSize(ROUNDS);
  }

  /** Each version of a class that the JVM has to build takes space that it gives back late. */
  @Test
  void a_later_attach_leaves_classes_alone_that_have_no_hooks() throws Exception {
    Path log = folder.resolve("classes.log");
    Path home = Path.of(System.getProperty("java.home"));
    try (LoadedJvm jvm = LoadedJvm.start(home, folder, "-Xlog:class+load:file=" + log)) {
      for (int round = 0; round < 3; round++) {
        jvm.attach("out=" + folder.resolve("runs"));
        jvm.attach("stop");
      }
      assertThat(jvm.end()).endsWith("failures 0 lost 0");
    }
    List<String> built =
        Files.readAllLines(log).stream().filter(line -> line.contains("RedefineClasses")).toList();
    assertThat(built).filteredOn(line -> line.contains(" org.sqlite.core.Codes ")).hasSize(1);
    // Woven and given back, three times.
    assertThat(built).filteredOn(line -> line.contains(" org.sqlite.core.DB ")).hasSize(6);
  }

  /** A loader that JFR or the compiler still looks at outlives a collection or two. */
  private static long loadersLeft(LoadedJvm jvm, long wanted) throws Exception {
    long left = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS && left > wanted; i++) {
      jvm.collect();
      left = jvm.bootClassesAndLoaders()[1];
      Thread.sleep(200);
    }
    return left;
  }

  /** Classes that are woven in each version of the driver. */
  private boolean isAnyIn(LoadedJvm jvm, List<String> digests) throws Exception {
    return jvm.digests(folder.resolve("during.txt")).stream().anyMatch(digests::contains);
  }

  private static List<String> woven(List<String> digests) {
    return digests.stream()
        .filter(
            line ->
                line.startsWith("org/sqlite/core/DB ")
                    || line.startsWith("org/sqlite/JDBC ")
                    || line.startsWith("java/util/concurrent/ThreadPoolExecutor ")
                    || line.startsWith("java/util/concurrent/ForkJoinTask "))
        .toList();
  }

  /** The program's own databases come and go. */
  private static long ownFiles(LoadedJvm jvm) throws IOException {
    return jvm.files().stream().filter(file -> !file.contains("/load")).count();
  }

  private List<Path> recordings() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return runs.map(run -> run.resolve("recording.jfr")).filter(Files::exists).toList();
    }
  }
}
