// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The server is killed, as a machine without memory does it: its segment stays behind. */
class KilledServerTest {
  @Test
  void is_killed() throws Exception {
    EmbeddedPostgres server = Servers.start();
    assertTrue(Servers.count(server) > 0);
    // A server that lives for less than a sample could not be looked at.
    TimeUnit.SECONDS.sleep(1);
    ProcessHandle postmaster = Servers.postmaster(server);
    postmaster.destroyForcibly();
    postmaster.onExit().get(20, TimeUnit.SECONDS);
  }
}
