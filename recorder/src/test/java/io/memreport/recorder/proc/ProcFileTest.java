// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFileTest {
  @TempDir Path folder;

  @Test
  void readsKilobytesOfTheLineThatBeginsWithTheName() throws IOException {
    ProcFile file = file("Name:\tVmRSS: 7 kB\nVmHWM:\t   90 kB\nVmRSS:\t    1234 kB\n");
    assertThat(file.read()).isTrue();
    assertThat(file.kilobytes("VmRSS:")).isEqualTo(1234L << 10);
  }

  @Test
  void missingLineIsUnknown() throws IOException {
    ProcFile file = file("VmRSS:\t1 kB\n");
    file.read();
    assertThat(file.kilobytes("RssShmem:")).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void missingFileIsUnknownEvenIfItWasThereBefore() throws IOException {
    ProcFile file = file("VmRSS:\t1 kB\n");
    file.read();
    Files.delete(folder.resolve("file"));
    assertThat(file.read()).isFalse();
    assertThat(file.kilobytes("VmRSS:")).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void readsFilesLongerThanItsFirstBuffer() throws IOException {
    ProcFile file = file("Padding: 1\n".repeat(2000) + "VmRSS: 8 kB");
    file.read();
    assertThat(file.kilobytes("VmRSS:")).isEqualTo(8 << 10);
  }

  @Test
  void wordInsteadOfANumberIsUnknown() throws IOException {
    ProcFile file = file("max\n");
    file.read();
    assertThat(file.singleNumber()).isEqualTo(MemreportEvent.UNKNOWN);
  }

  private ProcFile file(String content) throws IOException {
    return new ProcFile(Files.writeString(folder.resolve("file"), content).toString());
  }
}
