// SPDX-License-Identifier: Apache-2.0
package service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An order service over SQLite and HTTP. */
public final class OrderService {
  private static final int WORKERS = 8;

  private OrderService() {}

  /**
   * Prints the port that it listens on, and ends on POST /stop.
   *
   * @param arguments {@code --settings incident|fixed --db FILE [--rows N] [--port N]}
   */
  public static void main(String[] arguments) throws Exception {
    // Without it each answer waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Options options = Options.parse(arguments);
    Path database = OrderDatabase.create(options.database(), options.rows());
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    CountDownLatch stop = new CountDownLatch(1);
    try (HikariDataSource pool = options.settings().pool(database)) {
      Orders orders = new Orders(pool, options.settings());
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 0);
      server.setExecutor(workers);
      server.createContext("/order", exchange -> answer(exchange, orders::order));
      server.createContext("/new", exchange -> answer(exchange, orders::add));
      server.createContext("/report", exchange -> answer(exchange, orders::report));
      server.createContext(
          "/stop",
          exchange -> {
            answer(exchange, () -> "stopping");
            stop.countDown();
          });
      server.start();
      System.out.println("listening on " + server.getAddress().getPort());
      stop.await();
      server.stop(0);
    } finally {
      workers.shutdownNow();
    }
    System.exit(0);
  }

  /** What a request is answered with. */
  private interface Answer {
    String get() throws SQLException, InterruptedException, TimedOutException;
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    int status = 200;
    String text;
    try {
      text = answer.get();
    } catch (TimedOutException e) {
      status = 504;
      text = "the report took too long";
    } catch (SQLException | InterruptedException e) {
      status = 500;
      text = e.toString();
    }
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
