// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Signals that ask this process to end go to the command instead, which ends in its own way; this
 * process then explains. {@code sun.misc.Signal} is the only way to them (module jdk.unsupported),
 * and is called by reflection because the compiler's warning of it can't be turned off.
 */
final class Signals {
  private static final List<String> PASSED = List.of("TERM", "HUP", "INT", "USR2");
  private static final String INTERRUPT = "INT";

  /** Fields of /proc/PID/stat behind the name. */
  private static final int GROUP = 2;

  private static final int FOREGROUND_GROUP = 5;

  /** What handled each before. */
  private final Map<String, Object> before = new LinkedHashMap<>();

  private final CompletableFuture<Process> receiver = new CompletableFuture<>();

  private Signals() {}

  /** From now on they wait for the command, if they come before it. */
  static Signals take() {
    Signals signals = new Signals();
    for (String name : PASSED) {
      signals.take(name);
    }
    return signals;
  }

  void passTo(Process process) {
    receiver.complete(process);
  }

  private void take(String name) {
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  pass(name);
                  return null;
                }
                return method.getName().equals("equals")
                    ? proxy == arguments[0]
                    : method.getName().equals("hashCode") ? name.hashCode() : name;
              });
      before.put(name, handle(name, handler));
    } catch (ReflectiveOperationException e) {
      // The JVM keeps it for itself, or the system has none of this name.
      before.remove(name);
    }
  }

  private static Object handle(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
    return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
  }

  /** Ctrl-C at a terminal reaches the command without us; twice may mean more than once. */
  private void pass(String name) {
    if (name.equals(INTERRUPT) && isInForeground()) {
      return;
    }
    Process process = receiver.join();
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a terminal sends its signals to our process group: tpgid in proc_pid_stat(5). */
  private static boolean isInForeground() {
    try {
      String stat =
          Files.readString(Path.of(ProcFile.ROOT + "/self/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields[GROUP].equals(fields[FOREGROUND_GROUP]);
    } catch (IOException e) {
      return false;
    }
  }

  /** They do again what they did before. */
  void close() {
    before.forEach(
        (name, handler) -> {
          try {
            handle(name, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
