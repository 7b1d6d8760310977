// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

/** Each test forgets a little, and all of them much. */
class ForgetfulTest {
  private static final List<byte[]> SESSIONS = new ArrayList<>();
  private static final int BYTES = 450_000;
  private static final int TIMES = 25;

  @RepeatedTest(TIMES)
  void logs_in() {
    SESSIONS.add(new byte[BYTES]);
  }
}
