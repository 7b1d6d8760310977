// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

/** As it should be: the server goes with its test. */
class ClosedServerTest {
  @Test
  void is_closed() throws Exception {
    try (EmbeddedPostgres server = Servers.start()) {
      assertTrue(Servers.count(server) > 0);
    }
  }
}
