// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The same, but all of it is given back or forgotten. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class SparingTest {
  @Test
  void a_gives_native_memory_back() throws ReflectiveOperationException {
    for (long block : Hoards.allocate()) {
      Hoards.unsafe("freeMemory", block);
    }
    Pace.work(100);
  }

  @Test
  void b_closes_its_files() throws IOException {
    for (InputStream each : Hoards.open()) {
      each.close();
    }
  }

  @Test
  void c_forgets_its_files() {
    Hoards.open();
  }

  @Test
  void d_forgets_its_plugins() throws Exception {
    Hoards.load();
  }

  @Test
  void e_forgets_its_ring() {
    Hoards.map();
    Pace.work(100);
  }

  @Test
  void f_waits() {
    Pace.work(300);
  }
}
