// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.LiveThread;
import io.memreport.model.TestResult;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.Objects;

/**
 * The thread whose allocation found no memory. The kernel names a thread, by its number and the
 * first 15 bytes of its name; which of the run's it was, the black box knows.
 */
public final class TriggerThread {
  private static final List<String> OF_THE_JVM =
      List.of("VM ", "C1 Compiler", "C2 Compiler", "GC ", "G1 ", "JFR ", "Signal Dispatch");

  private static final String OF_THE_AGENT = "memreport-";

  private TriggerThread() {}

  /** Says what that thread was doing, and that this is not to say that it held the memory. */
  static String text(Facts facts, Death death) {
    LogEvent event = death.event();
    Trigger trigger = event == null ? null : event.trigger();
    if (trigger == null) {
      return null;
    }
    LiveThread thread = find(facts, death, trigger);
    String who =
        "The allocation that crossed the line was made by the thread \"" + trigger.name() + "\"";
    String tid = trigger.tid() == null ? "" : " (tid " + trigger.tid() + ")";
    String ending = "; that is not to say that it held the memory";
    if (thread == null) {
      return who + tid + whose(String.valueOf(trigger.name())) + ending;
    }
    TestResult test = thread.testId() == null ? null : facts.test(thread.testId());
    return "The allocation that crossed the line was made by the thread \""
        + thread.name()
        + "\""
        + tid
        + (test == null ? ", which ran no test" : ", which ran " + Names.test(test))
        + (thread.sql() == null ? "" : " and in it the query " + Names.sql(thread.sql()))
        + ending;
  }

  /** That thread, if the black box knows it; or null. */
  public static LiveThread of(Facts facts, Death death) {
    LogEvent event = death.event();
    return event == null || event.trigger() == null ? null : find(facts, death, event.trigger());
  }

  /** Whose thread it is that ran nothing of the application, by its name as the kernel cuts it. */
  private static String whose(String name) {
    if (name.startsWith(OF_THE_AGENT)) {
      return ", one of memreport's agent";
    }
    return OF_THE_JVM.stream().anyMatch(name::startsWith)
        ? ", one of the JVM's own"
        : ", which ran neither a test nor a query that is known";
  }

  /** By the thread's number where the process's own is the kernel's too, or else by its name. */
  private static LiveThread find(Facts facts, Death death, Trigger trigger) {
    List<LiveThread> threads =
        facts.liveThreads().stream()
            .filter(thread -> death.run().id().equals(thread.runId()))
            .toList();
    Victim victim = death.match().victim();
    boolean sameNumbers =
        victim != null && victim.pid() != null && victim.pid().equals(death.run().pid());
    if (sameNumbers && trigger.tid() != null) {
      for (LiveThread thread : threads) {
        if (trigger.tid().equals(thread.osThreadId())) {
          return thread;
        }
      }
      return null;
    }
    List<LiveThread> named =
        threads.stream().filter(thread -> Objects.equals(trigger.name(), comm(thread))).toList();
    return named.size() == 1 ? named.get(0) : null;
  }

  private static String comm(LiveThread thread) {
    return thread.comm() == null ? thread.name() : thread.comm();
  }
}
