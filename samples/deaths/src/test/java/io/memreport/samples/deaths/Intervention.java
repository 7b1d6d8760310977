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
  /** A process beside the JVM that takes all there is, and that the kernel spares. */
  GREEDY_SIBLING {
    @Override
    void on(Process jvm, MemoryCgroup cgroup) throws IOException {
      // tail keeps the last line, and zeros are one line without end.
      String greedy = "echo -900 > /proc/$$/oom_score_adj && head -c 1G /dev/zero | tail";
      new ProcessBuilder(cgroup.inside(List.of("sh", "-c", greedy)))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
  };

  private static final long PATIENCE_MILLIS = 2000;

  abstract void on(Process jvm, MemoryCgroup cgroup) throws IOException, InterruptedException;

  private static void signal(Process jvm, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(jvm.pid())).inheritIO().start().waitFor();
  }
}
