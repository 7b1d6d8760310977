// SPDX-License-Identifier: Apache-2.0
package io.memreport.fuzz;

import io.memreport.input.box.WrittenBox;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.event.RunEndEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A kind of input, with a good one to begin with, and the command that reads it. */
enum Target {
  /** A recording as JFR completes it. */
  RECORDING("recording.jfr", "analyze") {
    @Override
    byte[] seed(Path folder, Random random) throws IOException {
      return RandomEvents.recording(folder, random, RunEndEvent.SHUTDOWN);
    }
  },
  /** A chunk as a killed JVM leaves it: still marked as being written. */
  CHUNK("repository/1.jfr", "analyze") {
    @Override
    byte[] seed(Path folder, Random random) throws IOException {
      byte[] chunk = RandomEvents.recording(folder, random, null);
      chunk[64] = 1;
      return chunk;
    }
  },
  /** Events that are well-formed and say anything. */
  EVENTS("recording.jfr", "analyze") {
    @Override
    byte[] seed(Path folder, Random random) throws IOException {
      return RandomEvents.recording(folder, random, null);
    }

    @Override
    byte[] mutated(Path folder, byte[] seed, Random random) throws IOException {
      return RandomEvents.recording(folder, random, random.nextBoolean() ? "shutdown" : null);
    }
  },
  BOX(BoxLayout.FILE_NAME, "analyze") {
    @Override
    byte[] seed(Path folder, Random random) throws IOException {
      Path run = Files.createTempDirectory(folder, "box");
      Path box = WrittenBox.in(run);
      byte[] bytes = Files.readAllBytes(box);
      Files.delete(box);
      Files.delete(run);
      return bytes;
    }

    @Override
    byte[] mutated(Path folder, byte[] seed, Random random) {
      return BoxMutator.mutated(seed, random);
    }
  },
  RUN_FILE("run.json", "analyze") {
    @Override
    byte[] seed(Path folder, Random random) {
      return """
          {"schema":"memreport-run/1","runId":"r","pid":4711,"startedAt":"2026-01-02T03:04:05Z",
          "endedAt":null,"ending":null,"signal":"SIGTERM","jvm":{"version":"17"},"command":"Main a",
          "cgroup":{"path":"/ci","version":"v2","limitBytes":268435456},"repository":"/nowhere",
          "machine":{"totalBytes":8000000000},"clock":{"epochMillis":1767323045000,"uptimeSeconds":5.5}}
          """
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    boolean isText() {
      return true;
    }
  },
  LOG("kernel.log", "oom") {
    @Override
    byte[] seed(Path folder, Random random) {
      try (var in = Target.class.getResourceAsStream("kernel.log")) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    boolean isText() {
      return true;
    }
  };

  final String file;
  final String command;

  Target(String file, String command) {
    this.file = file;
    this.command = command;
  }

  abstract byte[] seed(Path folder, Random random) throws IOException;

  byte[] mutated(Path folder, byte[] seed, Random random) throws IOException {
    return new Mutator(random).mutated(seed, isText());
  }

  boolean isText() {
    return false;
  }
}
