// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole builds by a real Maven, without network, of projects whose poms know nothing of memreport.
 */
class MavenExtensionIT {
  private static final String PROJECT =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>shop</groupId>
        <artifactId>%1$s</artifactId>
        <version>1</version>
        <packaging>%2$s</packaging>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        %3$s
        <dependencies>
          <dependency>
            <groupId>org.junit.jupiter</groupId>
            <artifactId>junit-jupiter</artifactId>
            <version>%4$s</version>
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
              <configuration>
                <argLine>-Xmx200m</argLine>
              </configuration>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private static final String LEAK =
      """
      package shop;

      import java.nio.ByteBuffer;
      import java.util.ArrayList;
      import java.util.List;
      import org.junit.jupiter.api.Test;

      class CartTest {
        private static final List<ByteBuffer> KEPT = new ArrayList<>();

        @Test
        void keeps_pictures() {
          for (int i = 0; i < 96; i++) {
            KEPT.add(ByteBuffer.allocateDirect(1 << 20));
          }
        }
      }
      """;

  private static final String FINE =
      """
      package shop;

      import org.junit.jupiter.api.Test;

      class PriceTest {
        @Test
        void adds() {}
      }
      """;

  /** Of the job that these tests may be part of. */
  private static final List<String> SERVERS =
      List.of(
          "GITHUB_ACTIONS",
          "GITLAB_CI",
          "TF_BUILD",
          "TEAMCITY_VERSION",
          "BUILDKITE",
          "JENKINS_URL");

  @TempDir Path folder;
  private String out;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void needsMaven() {
    assumeTrue(Files.isExecutable(Path.of(maven())), "no Maven at " + maven());
  }

  private static String maven() {
    return System.getProperty("memreport.maven");
  }

  @Test
  void a_leak_is_named_and_fails_the_build_that_asks_for_it() throws Exception {
    module("cart", folder, LEAK, "CartTest");
    // As an older version left it.
    Path agent = folder.resolve("target/memreport/memreport-agent.jar");
    Files.createDirectories(agent.getParent());
    Files.writeString(agent, "no jar");
    environment = Map.of("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", folder.toString());
    assertThat(build("-Dmemreport.leaks=gc", "-Dmemreport.failOn=leak")).isEqualTo(1);
    assertThat(out)
        .contains("memreport: CartTest.keeps_pictures() left 96.0 MiB of direct buffers behind.")
        .contains("(memreport.failOn=leak)")
        .contains("\n::warning file=src/test/java/shop/CartTest.java,line=12,")
        .contains("BUILD SUCCESS");
    String report = Files.readString(folder.resolve("target/memreport/report.json"));
    // The pom's own argLine holds.
    assertThat(report).contains("\"maxHeapBytes\":209715200");
    assertThat(folder.resolve("target/memreport/report.html")).exists();
    assertThat(folder.resolve("target/memreport/memreport.jar")).doesNotExist();
  }

  @Test
  void modules_that_are_built_at_once_have_a_report_each_and_one_together() throws Exception {
    Files.writeString(
        folder.resolve("pom.xml"),
        pom("shop", "pom", "<modules><module>cart</module><module>price</module></modules>"));
    module("cart", Files.createDirectory(folder.resolve("cart")), LEAK, "CartTest");
    module("price", Files.createDirectory(folder.resolve("price")), FINE, "PriceTest");
    assertThat(build("-T2", "-Dmemreport.leaks=gc")).isZero();
    assertThat(out).contains("memreport: CartTest.keeps_pictures() left");
    assertThat(tests("target")).contains("keeps_pictures", "adds");
    assertThat(tests("cart/target")).contains("keeps_pictures").doesNotContain("adds");
    assertThat(tests("price/target")).contains("adds").doesNotContain("keeps_pictures");
  }

  @Test
  void tests_that_were_not_recorded_are_told_with_the_reason() throws Exception {
    module("price", folder, FINE, "PriceTest");
    assertThat(build("-DforkCount=0")).isZero();
    assertThat(out)
        .contains("[WARNING] memreport recorded nothing of the tests of price: forkCount=0");
    assertThat(build("-Dmemreport.skip")).isZero();
    assertThat(out).doesNotContain("memreport:").doesNotContain("memreport recorded");
  }

  private String tests(String target) throws IOException {
    return Files.readString(folder.resolve(target).resolve("memreport/summary.md"))
        + Files.readString(folder.resolve(target).resolve("memreport/report.json"));
  }

  private static void module(String name, Path folder, String test, String className)
      throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/test/java/shop"));
    Files.writeString(sources.resolve(className + ".java"), test);
    Files.writeString(folder.resolve("pom.xml"), pom(name, "jar", ""));
  }

  private static String pom(String name, String packaging, String more) {
    return PROJECT.formatted(name, packaging, more, System.getProperty("memreport.junit"));
  }

  private int build(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(maven(), "-o", "-B", "test"));
    command.add("-Dmaven.repo.local=" + System.getProperty("memreport.repository"));
    command.add("-Dmaven.ext.class.path=" + System.getProperty("memreport.extension"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder maven =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    maven.environment().remove("MAVEN_OPTS");
    SERVERS.forEach(maven.environment()::remove);
    maven.environment().putAll(environment);
    Process process = maven.start();
    out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return status;
  }
}
