// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.BoxFacts;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.box.ThreadEntry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints what the black box takes to enter and to leave a query: CPU nanoseconds for both. */
public final class BlackBoxCost {
  private static final int ROUNDS = 10;
  private static final int TIMES = 50_000_000;

  private BlackBoxCost() {}

  public static void main(String[] arguments) throws Exception {
    ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
    Path folder = Files.createTempDirectory("memreport-benchmark");
    try {
      BlackBox box = BlackBox.start(folder, new BoxFacts(1, 1, 50, 1, null, null));
      ThreadEntry entry = box.thread(Thread.currentThread());
      for (int round = 0; round < ROUNDS; round++) {
        long start = cpu.getCurrentThreadCpuTime();
        for (int i = 0; i < TIMES; i++) {
          entry.work(7, 0x1234_5678_9abcL + i, 3, i, 10L * i, i, 100L * i);
          entry.work(7, 0, 0, Long.MIN_VALUE, 10L * i, i, 100L * i);
        }
        System.out.printf("%.1f ns%n", (cpu.getCurrentThreadCpuTime() - start) / (double) TIMES);
      }
    } finally {
      Files.delete(folder.resolve(BoxLayout.FILE_NAME));
      Files.delete(folder);
    }
  }
}
