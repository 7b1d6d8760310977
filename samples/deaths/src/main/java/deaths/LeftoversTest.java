// SPDX-License-Identifier: Apache-2.0
package deaths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Each leaves something of another kind, but for the first two and the last two. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class LeftoversTest {
  private static final Map<Object, byte[]> ORDERS = new WeakHashMap<>();
  private static final List<SoftReference<byte[]>> THUMBNAILS = new ArrayList<>();
  private static final List<Object> KEPT = new ArrayList<>();
  private static final int PICTURE = 500_000;
  private static final int PICTURES = 4;
  private static final int PAGE = 4096;
  private static final int SCANS = 20;
  private static final int FRAMES = 20 << 20;
  private static final int INDEX = 120 << 20;

  @Test
  void a_reads_prices() {
    Pace.work(50);
  }

  @Test
  void b_caches_thumbnails_softly() {
    for (int i = 0; i < 20; i++) {
      THUMBNAILS.add(new SoftReference<>(new byte[PICTURE]));
    }
  }

  /** The map drops them when it is used next. */
  @Test
  void b_indexes_orders_weakly() {
    for (int i = 0; i < 20; i++) {
      ORDERS.put(new Object(), new byte[PICTURE]);
    }
  }

  /** G1 gives each of them two regions of 1 MiB. */
  @Test
  void b_keeps_pictures() {
    for (int i = 0; i < PICTURES; i++) {
      KEPT.add(new byte[1 << 20]);
    }
  }

  @Test
  void c_writes_frames_to_memory() throws IOException {
    Files.write(Path.of(System.getProperty("deaths.frames")), new byte[FRAMES]);
  }

  @Test
  void d_changes_a_private_mapping() throws IOException {
    Path file = Files.createTempFile("index", ".dat");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), INDEX - 1);
      MappedByteBuffer index = channel.map(FileChannel.MapMode.PRIVATE, 0, INDEX);
      for (int at = 0; at < INDEX; at += PAGE) {
        index.put(at, (byte) 1);
      }
      KEPT.add(index);
    }
  }

  @Test
  void e_forgets_to_commit() throws SQLException {
    Connection connection = open("shop");
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table prices(cents)");
      connection.setAutoCommit(false);
      assertEquals(1, statement.executeUpdate("insert into prices values (4200)"));
    }
  }

  @Test
  void f_leaves_a_ranking_open() throws SQLException {
    Statement statement = open("sales").createStatement();
    statement.execute("pragma temp_store=memory");
    statement.execute("pragma cache_size=-100000");
    ResultSet ranking =
        statement.executeQuery(
            "with recursive sales(id) as (select 1 union all select id + 1 from sales"
                + " where id < 100000)"
                + " select id, hex(randomblob(60)) as customer from sales order by customer");
    assertTrue(ranking.next());
    KEPT.add(ranking);
  }

  @Test
  void g_waits_for_a_slow_service() {
    Pace.work(1500);
  }

  /** A collection only queues them: what they hold lives until their finalizers have run. */
  @Test
  void h_lets_scans_be_finalized() {
    for (int i = 0; i < SCANS; i++) {
      assertEquals(0, new Scan().page[0]);
    }
  }

  private static final class Scan {
    private final byte[] page = new byte[1 << 20];

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize"})
    protected void finalize() {
      page[0] = 1;
    }
  }

  private static Connection open(String name) throws SQLException {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), name + ".db");
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    KEPT.add(connection);
    return connection;
  }
}
