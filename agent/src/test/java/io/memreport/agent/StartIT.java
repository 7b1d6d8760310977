// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the agent meets at the start, the application runs as without it. */
class StartIT {
  @TempDir Path folder;

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void orderlyRunLeavesAWholeFolderAndNoOtherTrace(Path javaHome) throws Exception {
    WatchedJvm jvm = run(javaHome, List.of(agent("")), "hello").succeeded();
    assertThat(jvm.stdout()).isEqualTo("hello\n");
    assertThat(jvm.stderr()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(jvm.runFolder())))
        .isEqualTo("rwx------");
    assertThat(jvm.runFolder().resolve("run.json"))
        .content()
        .contains("\"ending\": \"clean\"", "\"schema\": \"memreport-run/1\"", "StartProgram ?");
    List<String> names = names(jvm.events());
    assertThat(names).contains("memreport.Run", "memreport.MemorySample", "memreport.RunEnd");
    assertThat(names)
        .doesNotContain(
            "jdk.InitialEnvironmentVariable", "jdk.InitialSystemProperty", "jdk.JVMInformation");
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void samplesKnowTheProcess(Path javaHome) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc here");
    RunEvents events = new RunEvents(run(javaHome, List.of(agent("")), "hello").events());
    for (RecordedEvent sample : events.named("memreport.MemorySample")) {
      assertThat(sample.getLong("rss")).isGreaterThan(10 << 20);
      assertThat(sample.getLong("rss"))
          .isEqualTo(
              sample.getLong("rssAnon") + sample.getLong("rssFile") + sample.getLong("rssShmem"));
      assertThat(sample.getLong("heapCommitted"))
          .isGreaterThanOrEqualTo(sample.getLong("heapUsed"));
      assertThat(sample.getInt("threads")).isPositive();
      assertThat(sample.getLong("heapResident")).isBetween(1L, sample.getLong("rss"));
    }
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void exitCodesAndHooksAreKept(Path javaHome) throws Exception {
    assertThat(run(javaHome, List.of(agent("")), "exit").exitCode()).isEqualTo(5);
    WatchedJvm hooked = run(javaHome, List.of(agent("")), "exit-with-hook");
    assertThat(hooked.exitCode()).isEqualTo(6);
    assertThat(hooked.stdout()).isEqualTo("hook\n");
    WatchedJvm thrown = run(javaHome, List.of(agent("")), "throw");
    assertThat(thrown.exitCode()).isEqualTo(1);
    assertThat(thrown.stderr()).contains("IllegalStateException: thrown");
  }

  /** By these options each class that is loaded, also long after the start, is a bare line. */
  @ParameterizedTest
  @MethodSource("javaHomes")
  void logOfTheApplicationKeepsItsFormat(Path javaHome) throws Exception {
    List<String> arguments = List.of("-Xlog:class+load=info:stdout:none", agent(""));
    assertThat(run(javaHome, arguments, "hello").succeeded().stdout().lines())
        .contains("hello")
        .anyMatch(line -> line.startsWith(StartProgram.class.getName() + " source: "))
        .noneMatch(line -> line.startsWith("["));
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void haltedRunIsNotCleanAndKeepsItsChunk(Path javaHome) throws Exception {
    WatchedJvm jvm = run(javaHome, List.of(agent("")), "halt");
    assertThat(jvm.exitCode()).isEqualTo(7);
    assertThat(jvm.runFolder().resolve("run.json")).content().contains("\"ending\": null");
    assertThat(chunks(jvm)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void badOptionsAreALineEach(Path javaHome) throws Exception {
    List<String> arguments = List.of(agent(",colour=red,sample=often,settings=/no/such.jfc"));
    WatchedJvm jvm = run(javaHome, arguments, "hello").succeeded();
    assertThat(jvm.stdout()).isEqualTo("hello\n");
    assertThat(ours(jvm)).hasSize(3);
    assertThat(names(jvm.events())).contains("memreport.MemorySample");
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void folderThatCannotBeMadeCostsTheRecordingOnly(Path javaHome) throws Exception {
    Files.writeString(folder.resolve("out"), "a file");
    WatchedJvm jvm = run(javaHome, List.of(agent("")), "hello").succeeded();
    assertThat(jvm.stdout()).isEqualTo("hello\n");
    assertThat(ours(jvm)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void folderThatOthersCanReplaceCostsTheRecordingOnly(Path javaHome) throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
    WatchedJvm jvm = run(javaHome, List.of(agent("")), "hello").succeeded();
    assertThat(jvm.stdout()).isEqualTo("hello\n");
    assertThat(ours(jvm))
        .singleElement()
        .asString()
        .startsWith(
            "memreport: nothing is recorded, the application goes on: every user may write");
    assertThat(out).isEmptyDirectory();
  }

  /** The JDK's own settings record the environment and properties. */
  @ParameterizedTest
  @MethodSource("javaHomes")
  void settingsOfTheUserRecordNoSecrets(Path javaHome) throws Exception {
    Path settings = javaHome.resolve("lib/jfr/profile.jfc");
    WatchedJvm jvm = run(javaHome, List.of(agent(",settings=" + settings)), "hello").succeeded();
    assertThat(names(jvm.events()))
        .contains("memreport.MemorySample", "jdk.CPUInformation")
        .doesNotContain(
            "jdk.InitialEnvironmentVariable", "jdk.InitialSystemProperty", "jdk.JVMInformation");
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void jvmWithoutFlightRecorderIsTold(Path javaHome) throws Exception {
    for (String modules : List.of("java.base,java.instrument", "java.instrument,jdk.jfr")) {
      WatchedJvm jvm =
          run(javaHome, List.of("--limit-modules", modules, agent("")), "hello").succeeded();
      assertThat(jvm.stdout()).isEqualTo("hello\n");
      assertThat(ours(jvm)).singleElement().asString().contains("has no module");
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void secondAgentDoesNothing(Path javaHome) throws Exception {
    WatchedJvm jvm = run(javaHome, List.of(agent(""), agent("")), "hello").succeeded();
    assertThat(ours(jvm)).singleElement().asString().contains("already");
    try (Stream<Path> runs = Files.list(jvm.out())) {
      assertThat(runs).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void recordingOfTheUserIsWholeToo(Path javaHome) throws Exception {
    Path own = folder.resolve("own.jfr");
    List<String> arguments =
        List.of("-Xlog:jfr+startup=error", "-XX:StartFlightRecording:filename=" + own, agent(""));
    WatchedJvm jvm = run(javaHome, arguments, "hello").succeeded();
    assertThat(jvm.stdout()).isEqualTo("hello\n");
    assertThat(names(jvm.events())).contains("memreport.MemorySample");
    assertThat(names(RecordingFile.readAllEvents(own))).contains("jdk.JVMInformation");
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void applicationKeepsItsOwnByteBuddy(Path javaHome) throws Exception {
    WatchedJvm jvm = run(javaHome, List.of(agent("")), "own-byte-buddy").succeeded();
    assertThat(jvm.stdout()).isEqualTo("made here\n");
    assertThat(ours(jvm)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void attachesToARunningJvm(Path javaHome) throws Exception {
    WatchedJvm jvm = attach(javaHome, List.of()).succeeded();
    assertThat(jvm.stdout()).isEqualTo("attached\n");
    assertThat(ours(jvm)).isEmpty();
    assertThat(names(jvm.events())).contains("memreport.Run", "memreport.MemorySample");
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void attachAfterTheStartDoesNothing(Path javaHome) throws Exception {
    WatchedJvm jvm = attach(javaHome, List.of(agent(""))).succeeded();
    assertThat(jvm.stdout()).isEqualTo("attached\n");
    assertThat(ours(jvm)).singleElement().asString().contains("already");
  }

  @Test
  void fullDiskEndsTheRecordingNotTheApplication() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString()),
        "needs the right to mount a small disk");
    try {
      Path out = disk.resolve("out");
      String agent = "-javaagent:" + WatchedJvm.agentJar() + "=out=" + out;
      WatchedJvm jvm =
          WatchedJvm.run(
              Path.of(System.getProperty("java.home")),
              out,
              List.of(agent),
              StartProgram.class,
              "fill",
              disk.resolve("filling").toString());
      assertThat(jvm.stdout()).isEqualTo("alive\n");
      assertThat(jvm.exitCode()).isZero();
      assertThat(ours(jvm).get(0)).contains("the recording ends here");
      Files.delete(disk.resolve("filling"));
      assertThat(names(RecordingFile.readAllEvents(chunks(jvm).get(0)))).contains("memreport.Note");
    } finally {
      command("umount", disk.toString());
    }
  }

  private String agent(String more) {
    return "-javaagent:" + WatchedJvm.agentJar() + "=out=" + folder.resolve("out") + more;
  }

  private WatchedJvm run(Path javaHome, List<String> jvmArguments, String program)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    return WatchedJvm.run(javaHome, out, jvmArguments, StartProgram.class, program);
  }

  private WatchedJvm attach(Path javaHome, List<String> agents)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(agents);
    arguments.add("-Djdk.attach.allowAttachSelf=true");
    Path out = folder.resolve("out");
    String agentJar = WatchedJvm.agentJar().toString();
    return WatchedJvm.run(
        javaHome, out, arguments, StartProgram.class, "attach", agentJar, "out=" + out);
  }

  private static List<String> ours(WatchedJvm jvm) {
    return jvm.stderr().lines().filter(line -> line.startsWith("memreport: ")).toList();
  }

  private static List<String> names(List<RecordedEvent> events) {
    return events.stream().map(event -> event.getEventType().getName()).distinct().toList();
  }

  private static List<Path> chunks(WatchedJvm jvm) throws IOException {
    try (Stream<Path> files = Files.walk(jvm.runFolder().resolve("repository"))) {
      return files.filter(file -> file.toString().endsWith(".jfr")).toList();
    }
  }

  private static boolean command(String... words) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
