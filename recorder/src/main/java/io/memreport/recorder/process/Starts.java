// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import io.memreport.recorder.event.ChildStartEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.run.CommandLine;
import io.memreport.recorder.scope.Failure;
import io.memreport.recorder.scope.Tests;
import java.io.InputStream;
import java.util.Map;

/**
 * What code woven into {@code ProcessBuilder} calls: {@code Runtime.exec} comes through there too.
 * The child's environment gets a {@link Mark} while it starts; the builder is then as it was.
 */
public final class Starts {
  /** Surefire asks {@code ps} now and then whether Maven is still there. */
  private static final String BUILD_TOOL = "surefire-forkedjvm";

  private static final long OWN_PID = ProcessHandle.current().pid();
  private static final ProcStat OWN = ProcStat.of(OWN_PID);

  /** The test whose process starts on this thread right now. */
  private static final ThreadLocal<Long> STARTING = new ThreadLocal<>();

  private Starts() {}

  /** A start: what was there before it. */
  private record Start(long testId, String markBefore, boolean hadEnvironment) {}

  /**
   * A process is about to start.
   *
   * @param builder whose environment gets the mark
   * @param environment the field, null if nobody asked for it yet
   * @return what {@link #after} wants back
   */
  public static Object before(Object builder, Map<String, String> environment) {
    try {
      if (Thread.currentThread().getName().startsWith(BUILD_TOOL)) {
        return null;
      }
      long test = Tests.idOnThisThread();
      STARTING.set(test);
      String markBefore = null;
      if (OWN != null) {
        Mark mark = new Mark(OWN_PID, OWN.startTicks(), test);
        markBefore = ((ProcessBuilder) builder).environment().put(Mark.VARIABLE, mark.value());
      }
      return new Start(test, markBefore, environment != null);
    } catch (Throwable e) {
      STARTING.remove();
      Failure.note("The start of a process", e);
      return null;
    }
  }

  /**
   * It has started, or has not.
   *
   * @param started what before returned
   * @return whether the builder had no environment before, and must have none again
   */
  public static boolean after(Object started, Object builder, Object process) {
    if (!(started instanceof Start start)) {
      return false;
    }
    STARTING.remove();
    try {
      if (OWN != null && start.hadEnvironment) {
        Map<String, String> environment = ((ProcessBuilder) builder).environment();
        if (start.markBefore == null) {
          environment.remove(Mark.VARIABLE);
        } else {
          environment.put(Mark.VARIABLE, start.markBefore);
        }
      }
      if (process != null) {
        started((Process) process, start.testId, (ProcessBuilder) builder);
      }
    } catch (Throwable e) {
      Failure.note("The start of a process", e);
    }
    return !start.hadEnvironment;
  }

  private static void started(Process process, long test, ProcessBuilder builder) {
    long pid = process.pid();
    ProcStat stat = ProcStat.of(pid);
    Child child =
        new Child(
            pid,
            stat == null ? MemreportEvent.UNKNOWN : stat.startTicks(),
            OWN_PID,
            test,
            ChildStartEvent.STARTED,
            process);
    child.write(CommandLine.withoutSecrets(String.join(" ", builder.command())));
    Children.started(child);
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

  static boolean isOwn(long pid) {
    return pid == OWN_PID;
  }
}
