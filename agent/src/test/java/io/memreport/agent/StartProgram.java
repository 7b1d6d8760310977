// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;

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
      case "own-byte-buddy" -> useOwnByteBuddy();
      case "stay" -> stay();
      case "attach" -> attachTo(ProcessHandle.current().pid(), arguments[1], arguments[2]);
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

  /** Uses a Byte Buddy of its own after the agent's came, and prints what it sees of that. */
  private static void useOwnByteBuddy() throws ReflectiveOperationException {
    Class.forName("org.h2.Driver");
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("net.bytebuddy"))
        .forEach(System.out::println);
    Object made =
        new ByteBuddy()
            .subclass(Object.class)
            .method(ElementMatchers.isToString())
            .intercept(FixedValue.value("made here"))
            .make()
            .load(StartProgram.class.getClassLoader())
            .getLoaded()
            .getDeclaredConstructor()
            .newInstance();
    System.out.println(made);
  }

  /** Has a class woven, says so, and waits to be killed. */
  private static void stay() throws Exception {
    Class.forName("org.h2.Driver");
    System.out.println("ready");
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void attachTo(long pid, String agent, String options) throws Exception {
    VirtualMachine self = VirtualMachine.attach(Long.toString(pid));
    self.loadAgent(agent, options);
    self.detach();
    System.out.println("attached");
  }
}
