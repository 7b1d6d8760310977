// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OpenFilesTest {
  private static final int OTHERS = 40;
  private static final int JARS = 30;

  @Test
  void jars_are_told_apart_from_what_else_is_open(@TempDir Path folder) throws IOException {
    OpenFiles.Count before = OpenFiles.count();
    long descriptors = OpenFiles.descriptors();
    List<InputStream> open = new ArrayList<>();
    try {
      for (int i = 0; i < OTHERS + JARS; i++) {
        Path file = folder.resolve(i < JARS ? i + ".jar" : i + ".txt");
        open.add(Files.newInputStream(Files.createFile(file)));
      }
      OpenFiles.Count after = OpenFiles.count();
      // Some more or less of the test framework's own may be open by now.
      assertThat(after.others() - before.others()).isBetween(OTHERS - 5L, OTHERS + 5L);
      assertThat(after.jars() - before.jars()).isBetween(JARS - 5L, JARS + 5L);
      assertThat(OpenFiles.descriptors() - descriptors)
          .isBetween(OTHERS + JARS - 5L, OTHERS + JARS + 5L);
    } finally {
      for (InputStream each : open) {
        each.close();
      }
    }
  }
}
