// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.TestResult;
import io.memreport.recorder.chunk.ChunkHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
  @TempDir private Path folder;

  @Test
  void readsRunFoldersThatHaveNoRunFileBesideThoseThatHave() throws IOException {
    Path known = Files.createDirectory(folder.resolve("known"));
    Path nameless = Files.createDirectory(folder.resolve("nameless"));
    recorded(1, "one", known.resolve("recording.jfr"));
    recorded(2, "two", nameless.resolve("recording.jfr"));
    Files.writeString(known.resolve("run.json"), "{\"ending\":\"clean\"}");

    assertThat(testsOf(folder)).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void readsTheChunksBehindOneThatIsStillMarkedAsBeingWritten() throws IOException {
    byte[] first = Files.readAllBytes(recorded(1, "one", folder.resolve("1.jfr")));
    byte[] second = Files.readAllBytes(recorded(2, "two", folder.resolve("2.jfr")));
    first[ChunkHeader.STATE_AT] = 7;
    Path both = Files.write(folder.resolve("both.jfr"), join(first, second));
    byte[] before = Files.readAllBytes(both);

    assertThat(testsOf(both)).containsExactlyInAnyOrder("one", "two");
    assertThat(Files.readAllBytes(both)).isEqualTo(before);
  }

  @Test
  void namesABadInputAndReadsTheGoodOne() throws IOException {
    Path good = recorded(1, "one", folder.resolve("good.jfr"));
    Path bad = Files.writeString(folder.resolve("bad.jfr"), "no recording");

    Path log = Files.writeString(folder.resolve("kernel.log"), "no recording");

    Recordings read = Recordings.read(List.of(bad, log, good), bytes -> {});

    assertThat(read.problems())
        .containsExactly(
            bad + ": is no JFR recording",
            log + ": is no JFR recording; memreport oom explains logs without one");
    assertThat(read.facts().tests()).hasSize(1);
  }

  private static Path recorded(long id, String test, Path file) throws IOException {
    try (RecordedRun run = new RecordedRun()) {
      return run.test(id, test).to(file);
    }
  }

  private static List<String> testsOf(Path input) {
    Recordings read = Recordings.read(List.of(input), bytes -> {});
    assertThat(read.problems()).isEmpty();
    return read.facts().tests().stream().map(TestResult::methodName).toList();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = new byte[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
