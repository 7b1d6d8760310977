// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Variants of a program in JVMs of their own, one after another. */
final class Forks {
  /** How often each variant runs. */
  static final int COUNT = 6;

  private Forks() {}

  interface Reading {
    double of(String output);
  }

  /** By variant, a reading a fork; without a reading, the milliseconds that the process took. */
  static Map<String, List<Double>> measure(Map<String, List<String>> variants, Reading reading)
      throws IOException, InterruptedException {
    Map<String, List<Double>> readings = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(variants.keySet());
    order.forEach(name -> readings.put(name, new ArrayList<>()));
    for (int fork = 0; fork < COUNT; fork++) {
      for (String name : order) {
        long start = System.nanoTime();
        String output = run(variants.get(name));
        double millis = (System.nanoTime() - start) / 1e6;
        readings.get(name).add(reading == null ? millis : reading.of(output));
      }
      Collections.reverse(order);
    }
    return readings;
  }

  static List<String> command(List<String> options, Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    return command;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("status " + process.exitValue() + " of " + command);
    }
    return output;
  }
}
