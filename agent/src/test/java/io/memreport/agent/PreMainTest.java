// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PreMainTest {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int JAVA_8 = 52;

  /** A JVM that can't load an agent's class does not start. */
  @Test
  void a_jvm_of_java_8_can_load_it() throws IOException {
    try (DataInputStream in =
        new DataInputStream(PreMain.class.getResourceAsStream("PreMain.class"))) {
      assertThat(in.readInt()).isEqualTo(MAGIC);
      in.readUnsignedShort();
      assertThat(in.readUnsignedShort()).isEqualTo(JAVA_8);
    }
  }
}
