// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Has a tool do what takes memory: the kernel kills the tool, and the JVM lives on. */
class ChildTest {
  @Test
  void renders_a_film() throws IOException, InterruptedException {
    // A line without an end, of which tail keeps all.
    Process tool = new ProcessBuilder("tail", "/dev/zero").start();
    System.out.println("the tool ended with " + tool.waitFor());
    Process stopped = new ProcessBuilder("sleep", "60").start();
    stopped.destroyForcibly().waitFor();
    Pace.work(3000);
  }
}
