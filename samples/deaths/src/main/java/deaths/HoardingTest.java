// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What each test takes outside the Java heap it keeps. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class HoardingTest {
  private static final List<Object> KEPT = new ArrayList<>();

  @Test
  void a_keeps_native_memory() throws ReflectiveOperationException {
    KEPT.add(Hoards.allocate());
    Pace.work(100);
  }

  @Test
  void b_keeps_its_files() {
    KEPT.add(Hoards.open());
  }

  @Test
  void c_keeps_its_plugins() throws Exception {
    KEPT.add(Hoards.load());
  }

  @Test
  void d_keeps_its_ring() {
    KEPT.add(Hoards.map());
    Pace.work(100);
  }

  @Test
  void e_waits() {
    Pace.work(300);
  }
}
