// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Takes a known amount of one kind of memory, tells how much, and keeps it until it ends. */
public final class GrowthProgram {
  private static final int MEGABYTE = 1 << 20;
  private static final int PAGE = 4096;
  private static final int DEPTH = 10_000;
  private static final int SMALLEST_FRAME = 24;

  /** What is taken must stay. */
  private static final List<Object> HELD = new ArrayList<>();

  private GrowthProgram() {}

  public static void main(String[] arguments) throws Exception {
    int megabytes = Integer.parseInt(arguments[1]);
    Thread.sleep(300);
    long taken =
        switch (arguments[0]) {
          case "java-heap" -> heap(megabytes);
          case "direct" -> direct(megabytes);
          case "threads" -> threads(megabytes);
          case "sqlite" -> sqlite(megabytes);
          case "mapped-file" -> mapped(Files.createTempFile("memreport", ".map"), megabytes);
          case "shared" ->
              mapped(Files.createTempFile(Path.of("/dev/shm"), "memreport", ".map"), megabytes);
          case "metaspace" -> metaspace(megabytes);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    Thread.sleep(500);
    System.out.println("taken " + taken);
    System.exit(HELD.isEmpty() ? 1 : 0);
  }

  private static long heap(int megabytes) {
    for (int i = 0; i < 16 * megabytes; i++) {
      HELD.add(new byte[MEGABYTE / 16]);
    }
    return (long) megabytes * MEGABYTE;
  }

  private static long direct(int megabytes) {
    for (int i = 0; i < megabytes; i++) {
      HELD.add(ByteBuffer.allocateDirect(MEGABYTE));
    }
    return (long) megabytes * MEGABYTE;
  }

  /** Each thread goes about one MiB deep. */
  private static long threads(int megabytes) throws InterruptedException {
    CountDownLatch deep = new CountDownLatch(megabytes);
    for (int i = 0; i < megabytes; i++) {
      Thread thread = new Thread(null, () -> descend(0, deep), "deep-" + i, 4L * MEGABYTE);
      thread.setDaemon(true);
      thread.start();
      HELD.add(thread);
    }
    deep.await();
    // How large a frame is, is the compiler's secret.
    return (long) megabytes * DEPTH * SMALLEST_FRAME;
  }

  private static long descend(int depth, CountDownLatch deep) {
    if (depth == DEPTH) {
      deep.countDown();
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return depth;
    }
    return descend(depth + 1, deep) + 1;
  }

  private static long sqlite(int megabytes) throws Exception {
    Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    HELD.add(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table picture(data blob)");
      for (int i = 0; i < megabytes; i++) {
        statement.execute("insert into picture values (randomblob(" + MEGABYTE + "))");
      }
    }
    return (long) megabytes * MEGABYTE;
  }

  private static long mapped(Path file, int megabytes) throws IOException {
    file.toFile().deleteOnExit();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer map =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) megabytes * MEGABYTE);
      for (int at = 0; at < map.capacity(); at += PAGE) {
        map.put(at, (byte) 1);
      }
      HELD.add(map);
    }
    return (long) megabytes * MEGABYTE;
  }

  /** As much as the JVM says itself that it committed for classes. */
  private static long metaspace(int megabytes) throws IOException, IllegalAccessException {
    byte[] bytes;
    try (InputStream in = Template.class.getResourceAsStream("GrowthProgram$Template.class")) {
      bytes = in.readAllBytes();
    }
    long before = committed();
    while (committed() - before < (long) megabytes * MEGABYTE) {
      for (int i = 0; i < 200; i++) {
        HELD.add(MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass());
      }
    }
    return committed() - before;
  }

  private static long committed() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(pool -> pool.getUsage().getCommitted())
        .sum();
  }

  /** Is defined again and again. */
  static final class Template {
    private Template() {}

    static String greet(String name) {
      return "Good day, " + name;
    }
  }
}
