// SPDX-License-Identifier: Apache-2.0
package service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Drives the service: normal load, the report that takes too long, its timeout, normal load again.
 * Prints what is resident after each.
 */
public final class Drive {
  private static final int REQUESTS = 400;
  private static final int REPORTS = 2;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final long pid;

  private Drive(int port, long pid) {
    base = "http://127.0.0.1:" + port;
    this.pid = pid;
  }

  /**
   * @param arguments the port, the process, and for how many seconds to wait at the end
   */
  public static void main(String[] arguments) throws Exception {
    Drive drive = new Drive(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
    drive.load("/new");
    drive.show("after normal load");
    for (int i = 0; i < REPORTS; i++) {
      System.out.println("report: status " + drive.get("/report"));
    }
    drive.show("after the report timed out");
    // At night nobody orders: a commit would have other connections drop their pages.
    drive.load("/order");
    drive.show("after normal load again");
    long seconds = Long.parseLong(arguments[2]);
    for (long i = 0; i < seconds; i += 5) {
      Thread.sleep(5000);
      drive.show("idle for " + (i + 5) + " s");
    }
    drive.get("/stop");
  }

  private void load(String nowAndThen) throws IOException, InterruptedException {
    for (int i = 0; i < REQUESTS; i++) {
      get(i % 20 == 0 ? nowAndThen : "/order");
    }
  }

  private int get(String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(base + path)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private void show(String when) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        long kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
        System.out.println((kilobytes >> 10) + " MiB resident " + when);
      }
    }
  }
}
