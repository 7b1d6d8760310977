// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

/** Nobody closes the server: it stays until the JVM ends, and beyond that if the JVM is killed. */
class ForgottenServerTest {
  @Test
  void is_forgotten() throws Exception {
    EmbeddedPostgres server = Servers.start();
    assertTrue(Servers.count(server) > 0);
  }
}
