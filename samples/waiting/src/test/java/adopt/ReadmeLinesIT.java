// SPDX-License-Identifier: Apache-2.0
package adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README tells people to write is run word for word, but for the place of this checkout:
 * each row of its table of build tools, and the commands beside it.
 */
class ReadmeLinesIT {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| `([^`]+)`");

  /** Of the job that these tests may be part of. */
  private static final List<String> SERVERS =
      List.of(
          "GITHUB_ACTIONS",
          "GITLAB_CI",
          "TF_BUILD",
          "TEAMCITY_VERSION",
          "BUILDKITE",
          "JENKINS_URL");

  private static final String TEST =
      """
      package shop;

      public class PriceTest {
        @%s.Test
        public void adds() {}
      }
      """;

  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>shop</groupId>
        <artifactId>price</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          <argLine></argLine>
        </properties>
        <dependencies>
          <dependency>
            <groupId>org.junit.jupiter</groupId>
            <artifactId>junit-jupiter</artifactId>
            <version>%s</version>
            <scope>test</scope>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <artifactId>maven-compiler-plugin</artifactId>
              <version>3.14.1</version>
            </plugin>
            <plugin>
              <artifactId>maven-surefire-plugin</artifactId>
              <version>3.6.1</version>
              <configuration>%s</configuration>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private static final String PROGRAM =
      "class Waits { public static void main(String[] a) throws Exception { Thread.sleep(%s); } }";

  @TempDir Path folder;
  private String out;

  @Test
  void each_row_of_the_table_has_a_test() throws IOException {
    assertThat(ROW.matcher(table()).results().map(row -> row.group(1)))
        .containsExactly(
            "Maven, nothing in the pom",
            "Maven Surefire, by hand",
            "Gradle, nothing in the build",
            "Gradle, by hand",
            "any JVM");
  }

  @Test
  void maven_with_nothing_in_the_pom() throws Exception {
    needs(ROOT.resolve("integrations/maven/target/memreport-maven-extension.jar"));
    mavenProject("");
    assertThat(run(line("Maven, nothing in the pom"))).as(() -> out).isZero();
    assertThat(folder.resolve("target/memreport/report.json")).content().contains("\"adds\"");
  }

  @Test
  void maven_surefire_by_hand() throws Exception {
    mavenProject(line("Maven Surefire, by hand"));
    assertThat(run("mvn test")).as(() -> out).isZero();
    isRecorded("target/memreport-out");
  }

  @Test
  void gradle_with_nothing_in_the_build() throws Exception {
    needs(ROOT.resolve("integrations/gradle/target/memreport-gradle-plugin.jar"));
    gradleProject("");
    assertThat(run(line("Gradle, nothing in the build"))).as(() -> out).isZero();
    assertThat(folder.resolve("build/memreport/report.json")).content().contains("\"adds\"");
  }

  @Test
  void gradle_by_hand() throws Exception {
    gradleProject(line("Gradle, by hand"));
    assertThat(run("gradle test")).as(() -> out).isZero();
    isRecorded("build/memreport-out");
  }

  @Test
  void any_jvm() throws Exception {
    program(1);
    assertThat(run(line("any JVM") + " java Waits.java")).as(() -> out).isZero();
    isRecorded("memreport-out");
  }

  @Test
  void the_agent_on_the_command_line_and_the_command_that_explains() throws Exception {
    program(1);
    String[] lines = block("## Watch your own tests").split("\n");
    assertThat(lines).hasSize(2);
    assertThat(run(here(lines[0]).replace("…", "Waits.java"))).as(() -> out).isZero();
    assertThat(run(here(lines[1]))).as(() -> out).isZero();
    assertThat(out).contains("Clean").contains("Report: ");
  }

  @Test
  void a_command_that_is_watched() throws Exception {
    mavenProject("");
    String first = block("## Watch any command").split("\n")[0].replaceAll(" +#.*", "");
    assertThat(first).isEqualTo("./memreport run -- mvn test");
    assertThat(run(here(first))).as(() -> out).isZero();
    assertThat(out).contains("Report: ");
    assertThat(folder.resolve("memreport-report/report.json")).content().contains("\"adds\"");
  }

  @Test
  void a_jvm_that_runs_already() throws Exception {
    program(60_000);
    String attach =
        block("## A service whose memory does not come back")
            .lines()
            .filter(line -> line.startsWith("./memreport attach"))
            .map(line -> line.replaceAll(" +#.*", ""))
            .findFirst()
            .orElseThrow();
    assertThat(attach).isEqualTo("./memreport attach PID --duration 60s");
    Process service =
        new ProcessBuilder(java(), folder.resolve("Waits.java").toString()).inheritIO().start();
    try {
      // A minute is a service's time, not a test's.
      String line = attach.replace("PID", Long.toString(service.pid())).replace("60s", "2s");
      assertThat(run(here(line))).as(() -> out).isZero();
      assertThat(out).contains("Report: ");
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String table() throws IOException {
    String text = readme();
    int from = text.indexOf("| build tool |");
    return text.substring(from, text.indexOf("\n\n", from));
  }

  /** What stands in the row of this name. */
  private static String line(String name) throws IOException {
    return ROW.matcher(table())
        .results()
        .filter(row -> row.group(1).equals(name))
        .map(row -> here(row.group(2)))
        .findFirst()
        .orElseThrow();
  }

  /** The first block of commands below a heading. */
  private static String block(String heading) throws IOException {
    String text = readme();
    int at = text.indexOf(heading + "\n");
    assertThat(at).as(heading).isPositive();
    Matcher block = Pattern.compile("(?s)```\\n(.*?)\\n```").matcher(text);
    assertThat(block.find(at)).isTrue();
    return block.group(1);
  }

  /** With the places of this checkout. */
  private static String here(String text) {
    return text.replace(
            "/path/to/memreport-maven-extension.jar",
            ROOT.resolve("integrations/maven/target/memreport-maven-extension.jar").toString())
        .replace(
            "/path/to/memreport-agent.jar",
            ROOT.resolve("agent/target/memreport-agent.jar").toString())
        .replace("/path/to/memreport/", ROOT + "/")
        .replace("-javaagent:agent/", "-javaagent:" + ROOT + "/agent/")
        .replaceFirst("^\\./memreport ", ROOT + "/memreport ");
  }

  private void mavenProject(String configuration) throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of(System.getProperty("memreport.maven", "/nowhere"))),
        "this build is not run by a Maven");
    test("org.junit.jupiter.api");
    Files.writeString(
        folder.resolve("pom.xml"),
        POM.formatted(System.getProperty("memreport.junit"), configuration));
  }

  private void gradleProject(String more) throws IOException {
    needs(Path.of("/usr/bin/gradle"));
    Path junit = ROOT.resolve("integrations/gradle/target/junit4");
    needs(junit);
    test("org.junit");
    Files.writeString(
        folder.resolve("build.gradle"),
        "apply plugin: 'java'\ndependencies { testCompile fileTree('" + junit + "') }\n" + more);
  }

  private void test(String framework) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/test/java/shop"));
    Files.writeString(sources.resolve("PriceTest.java"), TEST.formatted(framework));
  }

  private void program(int millis) throws IOException {
    Files.writeString(folder.resolve("Waits.java"), PROGRAM.formatted(millis));
  }

  private void isRecorded(String runs) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(runs))) {
      assertThat(all).as(out).isNotEmpty();
    }
  }

  private static void needs(Path path) {
    assumeTrue(Files.exists(path), () -> "needs " + path);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** By a shell, as people do, with this build's Maven and JDK, and without network. */
  private int run(String line) throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", line).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = shell.environment();
    SERVERS.forEach(environment::remove);
    List.of("MAVEN_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "CI")
        .forEach(environment::remove);
    Path maven = Path.of(System.getProperty("memreport.maven", "/usr/bin/mvn")).getParent();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put(
        "PATH", Path.of(java()).getParent() + ":" + maven + ":" + environment.get("PATH"));
    environment.put(
        "MAVEN_ARGS", "-o -B -Dmaven.repo.local=" + System.getProperty("memreport.repository"));
    environment.put("GRADLE_USER_HOME", folder.resolve("gradle-home").toString());
    environment.put("GRADLE_OPTS", "-Dorg.gradle.daemon=false");
    Process process = shell.start();
    out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }
}
