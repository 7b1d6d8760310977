// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whose classes the jars have, and that the notice beside them names each. */
class LicencesIT {
  private static final String NOTICE = "META-INF/licenses/NOTICE";

  @Test
  void each_library_within_the_command_is_named() throws IOException {
    try (JarFile jar = new JarFile(Path.of("target/memreport.jar").toFile())) {
      Set<String> named =
          text(jar, NOTICE)
              .lines()
              .takeWhile(line -> !line.startsWith("The agent's jar"))
              .filter(line -> line.startsWith("  ") && !line.startsWith("  package "))
              .map(line -> line.strip().split("\\s+")[0])
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> used = new TreeSet<>();
      for (String name : classes(jar)) {
        Set<String> of =
            named.stream()
                .filter(library -> name.startsWith(library + "."))
                .collect(Collectors.toSet());
        assertThat(of).as(name).hasSize(1);
        used.addAll(of);
      }
      assertThat(used).isEqualTo(named);
    }
  }

  @Test
  void the_agent_has_the_licences_of_what_it_contains() throws IOException {
    try (JarFile jar = new JarFile(Path.of("../agent/target/memreport-agent.jar").toFile())) {
      assertThat(text(jar, NOTICE)).contains("io.memreport.agent.shaded.bytebuddy");
      assertThat(jar.stream().map(JarEntry::getName))
          .contains(
              "META-INF/licenses/LICENSE",
              "META-INF/licenses/byte-buddy-jar/META-INF/LICENSE",
              "META-INF/licenses/byte-buddy-jar/META-INF/licenses/ASM");
    }
  }

  private static Set<String> classes(JarFile jar) {
    return jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.endsWith(".class"))
        .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", "").replace('/', '.'))
        .filter(name -> !name.startsWith("io.memreport."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(JarFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
