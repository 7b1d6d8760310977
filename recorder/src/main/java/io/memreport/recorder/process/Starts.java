// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import io.memreport.recorder.event.process.ChildStartEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.proc.Departures;
import io.memreport.recorder.proc.ProcStat;
import io.memreport.recorder.scope.Tests;
import java.io.InputStream;
import java.util.Map;

/**
 * What code woven into {@code ProcessBuilder} calls: {@code Runtime.exec} comes through there too.
 * The child gets a {@link Mark} in its environment, of which the builder knows nothing.
 */
public final class Starts {
  /** Surefire asks {@code ps} now and then whether Maven is still there. */
  private static final String BUILD_TOOL = "surefire-forkedjvm";

  private static final long OWN_PID = ProcessHandle.current().pid();
  private static final ProcStat OWN = ProcStat.of(OWN_PID);

  /** The test whose process starts on this thread right now. */
  private static final ThreadLocal<Long> STARTING = new ThreadLocal<>();

  private Starts() {}

  /**
   * A process is about to start on this thread.
   *
   * @return what {@link #after} wants back
   */
  public static Object before() {
    try {
      if (Thread.currentThread().getName().startsWith(BUILD_TOOL)) {
        return null;
      }
      Long test = Tests.idOnThisThread();
      STARTING.set(test);
      return test;
    } catch (Throwable e) {
      Failure.note("The start of a process", e);
      return null;
    }
  }

  /**
   * The environment of the process that is about to start, with the mark. The map itself may be
   * shared by threads that all start processes: it is only read.
   *
   * @param environment null for that of this JVM
   */
  public static Map<String, String> marked(Map<String, String> environment) {
    Long test = STARTING.get();
    if (test == null || OWN == null) {
      return environment;
    }
    try {
      // The JDK takes no other map than its own, in which undecodable bytes are kept.
      Map<String, String> copy = new ProcessBuilder().environment();
      if (environment != null) {
        copy.keySet().retainAll(environment.keySet());
        for (Map.Entry<String, String> variable : environment.entrySet()) {
          if (!variable.getValue().equals(copy.get(variable.getKey()))) {
            copy.put(variable.getKey(), variable.getValue());
          }
        }
      }
      copy.put(Mark.VARIABLE, new Mark(OWN_PID, OWN.startTicks(), test).value());
      return copy;
    } catch (Throwable e) {
      Failure.note("The start of a process", e);
      return environment;
    }
  }

  /** It has started, or has not: then the process is null. */
  public static void after(Object started, Object builder, Object process) {
    if (!(started instanceof Long test)) {
      return;
    }
    try {
      STARTING.remove();
      if (process != null) {
        started((Process) process, test, (ProcessBuilder) builder);
      }
    } catch (Throwable e) {
      Failure.note("The start of a process", e);
    }
  }

  /** What it takes to look at the child is left to the thread that samples. */
  private static void started(Process process, long test, ProcessBuilder builder) {
    ChildStartEvent event = new ChildStartEvent();
    event.begin();
    if (hasProc()) {
      Departures.started(process.pid());
    }
    event.processId = process.pid();
    event.parentId = OWN_PID;
    event.testId = test;
    event.foundBy = ChildStartEvent.STARTED;
    Children.started(new Start(event, process, builder.command().toArray(new String[0])));
  }

  /**
   * A pipe from a child is opened, while {@code before} and {@code after} bracket its start.
   *
   * @param in where what the child prints is read
   * @return the same, which looks at what passes
   */
  public static InputStream pipe(InputStream in) {
    Long test = STARTING.get();
    return test == null ? in : new OutputTap(in, test);
  }

  /** Whether the mark is one that this JVM gave. */
  static boolean isOurs(Mark mark) {
    return mark != null
        && OWN != null
        && mark.jvmPid() == OWN_PID
        && mark.jvmStartTicks() == OWN.startTicks();
  }

  /** Whether this system shows its processes as files. */
  public static boolean hasProc() {
    return OWN != null;
  }

  static boolean isOwn(long pid) {
    return pid == OWN_PID;
  }
}
