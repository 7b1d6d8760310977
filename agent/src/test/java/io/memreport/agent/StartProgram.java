// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Small programs that the agent must not disturb. */
public final class StartProgram {
  private StartProgram() {}

  /** Runs the program that the first argument names. */
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "hello" -> System.out.println("hello");
      case "exit" -> System.exit(5);
      case "halt" -> Runtime.getRuntime().halt(7);
      case "exit-with-hook" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
        System.exit(6);
      }
      case "throw" -> throw new IllegalStateException("thrown");
      case "fill" -> fill(Path.of(arguments[1]));
      case "look-around" -> lookAround();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Fills a disk, at a speed that disks have, and goes on for longer than JFR waits to write. */
  private static void fill(Path file) throws InterruptedException {
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
        Thread.sleep(5);
      }
    } catch (IOException e) {
      Thread.sleep(2500);
      System.out.println("alive");
    }
  }

  /** Prints what an application could see of the agent. */
  private static void lookAround() {
    Properties properties = System.getProperties();
    properties.stringPropertyNames().stream()
        .filter(name -> name.contains("bytebuddy"))
        .forEach(System.out::println);
    for (String name :
        new String[] {"net.bytebuddy.ByteBuddy", "io.memreport.agent.weave.Weaver"}) {
      try {
        System.out.println(Class.forName(name));
      } catch (ClassNotFoundException e) {
        System.out.println("no " + name);
      }
    }
  }
}
