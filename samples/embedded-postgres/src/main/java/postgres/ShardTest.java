// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;

/**
 * One of several shards: each test starts a server and keeps it, as suites do whose tests share
 * servers. With {@code shard.stay} it then waits to be killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShardTest {
  @RepeatedTest(value = 4, name = "server {currentRepetition}")
  void starts_a_server() throws Exception {
    EmbeddedPostgres server = Servers.start();
    assertTrue(Servers.count(server) > 0);
    String ready = System.getProperty("shard.ready");
    if (ready != null) {
      Files.writeString(
          Files.createTempFile(Path.of(ready), "server", ".pid"),
          Long.toString(Servers.postmaster(server).pid()));
    }
  }

  @RepeatedTest(1)
  void waits() throws Exception {
    Thread.sleep(Long.getLong("shard.stay", 0));
  }
}
