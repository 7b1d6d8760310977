// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A service without tests and queries whose direct buffers meet their limit. */
final class RefusingProgram {
  private static final List<ByteBuffer> KEPT = new ArrayList<>();

  private RefusingProgram() {}

  public static void main(String[] arguments) {
    while (true) {
      KEPT.add(ByteBuffer.allocateDirect(4 << 20));
    }
  }
}
