// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.processes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts processes in each way that there is, and one that leaves a daemon behind. */
public final class ProcessProgram {
  private static final String ERROR =
      "could not resize shared memory segment \"/PostgreSQL.7\" to 100 bytes: No space left on device";

  private ProcessProgram() {}

  public static void main(String[] arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "(sleep 30 >/dev/null 2>&1 &); echo \"mark $MEMREPORT_OWNER\"; echo '"
                + ERROR
                + "'; echo 'STATEMENT:  select 4711 from t'");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    System.out.println("marked " + printed.contains("mark " + ProcessHandle.current().pid() + ":"));
    System.out.println("whole " + printed.endsWith("STATEMENT:  select 4711 from t\n"));
    // A builder is as it was, whether its environment was asked for or not.
    System.out.println("clean " + !builder.environment().containsKey("MEMREPORT_OWNER"));
    Map<String, String> environment = new ProcessBuilder("true").environment();
    System.out.println("same " + environment.equals(System.getenv()));
    ProcessBuilder own = new ProcessBuilder("sh", "-c", "exit 3");
    own.environment().put("MEMREPORT_OWNER", "mine");
    own.environment().put("SECRET", "hunter2");
    own.start().waitFor();
    System.out.println("kept " + own.environment().get("MEMREPORT_OWNER"));
    Process old = Runtime.getRuntime().exec(new String[] {"sh", "-c", "exit 4", "--password=x1y2"});
    System.out.println("status " + old.waitFor());
    try {
      new ProcessBuilder("/no/such/program").start();
    } catch (java.io.IOException e) {
      System.out.println("refused");
    }
    System.out.println("shared " + shareBuilder());
    Thread.sleep(1500);
  }

  /** Starting a process only reads its builder: threads may share one. */
  private static boolean shareBuilder() throws Exception {
    ProcessBuilder shared = new ProcessBuilder("true");
    Map<String, String> before = Map.copyOf(shared.environment());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Integer>> starts = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      starts.add(threads.submit(() -> shared.start().waitFor()));
    }
    for (Future<Integer> start : starts) {
      if (start.get() != 0) {
        return false;
      }
    }
    threads.shutdown();
    return before.equals(shared.environment());
  }
}
