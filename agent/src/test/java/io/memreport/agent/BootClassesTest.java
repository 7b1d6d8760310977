// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * That classes are defined one by one is seen wherever the agent runs: here is what else there is.
 */
class BootClassesTest {
  @Test
  void where_the_jdk_opens_nothing_the_jar_is_appended() throws Exception {
    Path jar = nestedJar();
    List<String> appended = new ArrayList<>();
    try {
      BootClasses.load(jar.getFileName().toString(), closedJdk(appended));
    } finally {
      Files.delete(jar);
    }
    assertThat(appended).containsExactly("some/Thing.class");
  }

  /** Beside the classes of this test, where resources are found. */
  private static Path nestedJar() throws IOException, URISyntaxException {
    Path classes =
        Path.of(BootClassesTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = Files.createTempFile(classes, "nested", ".jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("some/Thing.class"));
    }
    return jar;
  }

  private static Instrumentation closedJdk(List<String> appended) {
    return (Instrumentation)
        Proxy.newProxyInstance(
            Instrumentation.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("redefineModule")) {
                throw new UnsupportedOperationException("closed");
              }
              ((JarFile) arguments[0]).stream().map(ZipEntry::getName).forEach(appended::add);
              return null;
            });
  }
}
