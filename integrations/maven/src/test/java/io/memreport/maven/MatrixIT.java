// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole builds by the Mavens and Surefires that people have, each with a test that keeps 48 MiB.
 * Not part of the usual build: {@code ./mvnw -Pmatrix -pl integrations/maven -am verify} fetches
 * what it needs from Maven Central.
 */
@Tag("matrix")
class MatrixIT {
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>shop</groupId>
        <artifactId>cart</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          %s
        </properties>
        <dependencies>
          <dependency>%s<scope>test</scope></dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <artifactId>maven-compiler-plugin</artifactId>
              <version>3.14.1</version>
            </plugin>
            <plugin>
              <artifactId>maven-surefire-plugin</artifactId>
              <version>%s</version>
              <configuration>%s</configuration>
            </plugin>
            %s
          </plugins>
        </build>
      </project>
      """;

  private static final String TEST =
      """
      package shop;

      import java.util.ArrayList;
      import java.util.List;
      import %s;

      public class %s {
        private static final List<byte[]> KEPT = new ArrayList<>();

        @Test
        public void keeps_pictures() {
          for (int i = 0; i < 48; i++) {
            KEPT.add(new byte[1 << 20]);
          }
        }

        @Test
        public void adds() {}
      }
      """;

  @TempDir Path folder;

  /** What a project does besides the least: what its pom has more of, and of what its tests are. */
  private enum Shape {
    PLAIN,
    ARG_LINE_CONFIGURED {
      @Override
      String configuration() {
        return "<argLine>-Xmx200m</argLine>";
      }
    },
    ARG_LINE_PROPERTY {
      @Override
      String properties() {
        return "<argLine>-Xmx200m</argLine>";
      }
    },
    ARG_LINE_LATE {
      @Override
      String properties() {
        return "<argLine></argLine>";
      }

      @Override
      String configuration() {
        return "<argLine>@{argLine} -Xmx200m</argLine>";
      }
    },
    JACOCO {
      @Override
      String plugins(String surefire) {
        return """
            <plugin>
              <groupId>org.jacoco</groupId>
              <artifactId>jacoco-maven-plugin</artifactId>
              <version>0.8.13</version>
              <executions><execution><goals><goal>prepare-agent</goal></goals></execution></executions>
            </plugin>
            """;
      }
    },
    FORKS {
      @Override
      String configuration() {
        return "<forkCount>2</forkCount><reuseForks>false</reuseForks>";
      }
    },
    JAVA_25 {
      @Override
      String configuration() {
        return "<jvm>%s</jvm>".formatted(java25());
      }
    },
    JUNIT_4 {
      @Override
      String framework(String surefire) {
        return dependency("junit", "junit", "4.13.2");
      }

      @Override
      String annotation() {
        return "org.junit.Test";
      }
    },
    TESTNG {
      @Override
      String framework(String surefire) {
        return dependency("org.testng", "testng", "7.10.2");
      }

      @Override
      String annotation() {
        return "org.testng.annotations.Test";
      }
    },
    FAILSAFE {
      @Override
      String plugins(String surefire) {
        return """
            <plugin>
              <artifactId>maven-failsafe-plugin</artifactId>
              <version>%s</version>
              <executions><execution><goals><goal>integration-test</goal><goal>verify</goal></goals></execution></executions>
            </plugin>
            """
            .formatted(surefire);
      }
    },
    MODULE_PATH;

    String properties() {
      return "";
    }

    String configuration() {
      return "";
    }

    String plugins(String surefire) {
      return "";
    }

    /** Surefire 2 does not run JUnit 5.13. */
    String framework(String surefire) {
      return dependency(
          "org.junit.jupiter", "junit-jupiter", surefire.startsWith("2.") ? "5.8.2" : "5.13.4");
    }

    String annotation() {
      return "org.junit.jupiter.api.Test";
    }

    private static String dependency(String group, String artifact, String version) {
      return "<groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
          .formatted(group, artifact, version);
    }

    private static Path java25() {
      try (var homes = Files.list(Path.of("/usr/lib/jvm"))) {
        return homes
            .filter(home -> home.getFileName().toString().contains("25"))
            .map(home -> home.resolve("bin/java"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
      } catch (IOException e) {
        throw new IllegalStateException("no JDK 25", e);
      }
    }
  }

  @ParameterizedTest(name = "Maven {0}, Surefire {1}, {2}")
  @CsvSource({
    "3.8.7, 2.22.2, PLAIN",
    "3.8.7, 3.5.4, PLAIN",
    "3.9.11, 2.22.2, PLAIN",
    "3.9.11, 3.6.1, PLAIN",
    "4.0.0-rc-4, 2.22.2, PLAIN",
    "4.0.0-rc-4, 3.5.4, PLAIN",
    "4.0.0-rc-4, 3.6.1, PLAIN",
    "3.8.7, 3.5.4, ARG_LINE_CONFIGURED",
    "4.0.0-rc-4, 3.5.4, ARG_LINE_PROPERTY",
    "3.9.11, 3.5.4, ARG_LINE_LATE",
    "3.8.7, 2.22.2, JACOCO",
    "4.0.0-rc-4, 3.6.1, JACOCO",
    "3.9.11, 2.22.2, FORKS",
    "4.0.0-rc-4, 3.6.1, FORKS",
    "3.9.11, 3.5.4, JAVA_25",
    "3.8.7, 2.22.2, JUNIT_4",
    "4.0.0-rc-4, 3.5.4, JUNIT_4",
    "3.9.11, 2.22.2, TESTNG",
    "3.9.11, 3.5.4, TESTNG",
    "3.9.11, 2.22.2, FAILSAFE",
    "4.0.0-rc-4, 3.5.4, FAILSAFE",
    "3.8.7, 3.5.4, MODULE_PATH",
    "3.9.11, 3.6.1, MODULE_PATH"
  })
  void names_the_test_that_keeps_its_pictures(String maven, String surefire, Shape shape)
      throws Exception {
    String test = shape == Shape.FAILSAFE ? "CartIT" : "CartTest";
    write("src/test/java/shop/" + test + ".java", TEST.formatted(shape.annotation(), test));
    if (shape == Shape.MODULE_PATH) {
      write("src/main/java/module-info.java", "module shop {}");
      write("src/main/java/shop/Shop.java", "package shop; class Shop {}");
    }
    write(
        "pom.xml",
        POM.formatted(
            shape.properties(),
            shape.framework(surefire),
            surefire,
            shape.configuration(),
            shape.plugins(surefire)));

    assertThat(build(Path.of(System.getProperty("memreport.mavens"), "apache-maven-" + maven)))
        .contains("BUILD SUCCESS")
        .contains("memreport: " + test + ".keeps_pictures() left 48.0 MiB of Java heap behind.");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String build(Path maven) throws IOException {
    ProcessBuilder build =
        new ProcessBuilder(
                List.of(
                    maven.resolve("bin/mvn").toString(),
                    "-B",
                    "-ntp",
                    "-Dmaven.repo.local=" + System.getProperty("memreport.repository"),
                    "-Dmaven.ext.class.path=" + System.getProperty("memreport.extension"),
                    "-Dmemreport.leaks=gc",
                    "verify"))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    build.environment().put("JAVA_HOME", System.getProperty("java.home"));
    build.environment().keySet().removeAll(List.of("CI", "GITHUB_ACTIONS", "MAVEN_OPTS"));
    Process process = build.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
