// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  @TempDir Path out;

  @Test
  void isNamedAfterTimeAndProcessAndPrivate() throws IOException {
    RunFolder folder = RunFolder.create(out.resolve("new"), START, 42);
    assertThat(folder.id()).isEqualTo("20260102T030405-42");
    if (Files.getFileStore(out).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void secondOfTheSameNameGetsASuffix() throws IOException {
    RunFolder.create(out, START, 42);
    assertThat(RunFolder.create(out, START, 42).id()).isEqualTo("20260102T030405-42-2");
  }

  @Test
  void factsAreReplacedAsAWhole() throws IOException {
    RunFolder folder = RunFolder.create(out, START, 42);
    folder.writeFacts("first, and longer");
    folder.writeFacts("second");
    assertThat(folder.path().resolve("run.json")).hasContent("second");
    assertThat(folder.path()).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void discardLeavesNothing() throws IOException {
    RunFolder folder = RunFolder.create(out, START, 42);
    folder.writeFacts("{}");
    Files.createDirectories(folder.repository().resolve("chunks"));
    folder.discard();
    assertThat(out).isEmptyDirectory();
  }
}
