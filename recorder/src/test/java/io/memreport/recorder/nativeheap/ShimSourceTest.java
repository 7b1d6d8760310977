// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries that are checked in were built from the source beside them: see build.sh. */
class ShimSourceTest {
  private static final Path LIBRARIES = Path.of("src/main/resources/native");

  @Test
  void the_source_is_the_one_that_was_built() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String kind : new String[] {".c", ".h"}) {
      try (Stream<Path> files = Files.list(Path.of("src/main/c"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(kind)).sorted().toList()) {
          digest.update(Files.readAllBytes(file));
        }
      }
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    assertThat(Files.readString(LIBRARIES.resolve("SOURCE.sha256")).strip())
        .as("recorder/src/main/c/build.sh was not run after the last change")
        .isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linux-x86_64", "linux-aarch64", "linux-x86_64-musl", "linux-aarch64-musl"})
  void there_is_a_library_for_each_platform(String platform) {
    assertThat(LIBRARIES.resolve(platform).resolve(NativePlatform.LIBRARY)).isRegularFile();
  }
}
