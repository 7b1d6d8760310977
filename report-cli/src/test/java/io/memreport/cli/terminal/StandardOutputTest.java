// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is printed to a full disk is missing; what is printed to {@code head} is not wanted. */
class StandardOutputTest {
  @Test
  void passes_on_what_can_be_written() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    assertThat(failure(written)).isNull();
    assertThat(written).hasToString("text");
  }

  @Test
  void a_full_disk_is_a_failure_and_a_closed_pipe_is_none() {
    assertThat(failure(failing("No space left on device"))).isEqualTo("No space left on device");
    assertThat(failure(failing("Broken pipe"))).isNull();
  }

  private static String failure(OutputStream out) {
    StandardOutput standard = new StandardOutput(out);
    PrintWriter writer = new PrintWriter(standard, true, StandardCharsets.UTF_8);
    writer.print("text");
    writer.flush();
    return standard.failure();
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        throw new IOException(why);
      }
    };
  }
}
