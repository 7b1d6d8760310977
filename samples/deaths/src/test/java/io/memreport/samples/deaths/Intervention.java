// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import java.io.IOException;
import java.util.List;

/** What is done from outside to a JVM that only waits. */
enum Intervention {
  NOTHING {
    @Override
    void on(Process jvm, MemoryCgroup cgroup) {}
  },
  SIGKILL {
    @Override
    void on(Process jvm, MemoryCgroup cgroup) throws IOException, InterruptedException {
      signal(jvm, "KILL");
    }
  },
  SIGSEGV {
    @Override
    void on(Process jvm, MemoryCgroup cgroup) throws IOException, InterruptedException {
      signal(jvm, "SEGV");
    }
  },
  SIGTERM {
    @Override
    void on(Process jvm, MemoryCgroup cgroup) throws IOException, InterruptedException {
      signal(jvm, "TERM");
    }
  },
  /** As CI systems end a job that took too long. */
  SIGTERM_THEN_SIGKILL {
    @Override
    void on(Process jvm, MemoryCgroup cgroup) throws IOException, InterruptedException {
      signal(jvm, "TERM");
      Thread.sleep(PATIENCE_MILLIS);
      signal(jvm, "KILL");
    }
  },
  /** Workers beside the JVM, each smaller than it is: they take the memory, it is the victim. */
  SIBLINGS {
    @Override
    void on(Process jvm, MemoryCgroup cgroup) throws IOException {
      // tail keeps the last line in memory, and zeros are one line without end.
      String grow = "for i in $(seq 58); do head -c 1M /dev/zero; sleep 0.02; done";
      List<String> worker = List.of("sh", "-c", "(" + grow + "; sleep 60) | tail");
      for (int i = 0; i < WORKERS; i++) {
        new ProcessBuilder(cgroup.inside(worker))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
      }
    }
  };

  private static final int WORKERS = 4;
  private static final long PATIENCE_MILLIS = 2000;

  abstract void on(Process jvm, MemoryCgroup cgroup) throws IOException, InterruptedException;

  private static void signal(Process jvm, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(jvm.pid())).inheritIO().start().waitFor();
  }
}
