// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import java.util.Arrays;

/** Why somebody sent a signal, where a text says so and it was not for memory. */
public enum Asked {
  /** A service manager waited for the end of a process, in vain. */
  STOP_TIMEOUT("stop timeout", "it had not stopped in time"),
  /** Kubernetes restarts what does not answer. */
  PROBE("probe", "its probe had failed"),
  /** Somebody, or a newer commit, ended a job of a build server. */
  CANCELLED("cancelled", "its job was cancelled"),
  /** A job, a command or a request may take so long. */
  TIME_LIMIT("time limit", "its time limit had passed"),
  /** A scheduler bounds the threads or processes of a job. */
  TASK_LIMIT("task limit", "its job had too many threads or processes"),
  /** A spot instance goes when its owner wants it. */
  PREEMPTED("preempted", "its machine was taken away"),
  /** Somebody stopped a container, a service or a pod. */
  STOPPED("stopped", "it was told to stop");

  private final String constraint;
  private final String words;

  Asked(String constraint, String words) {
    this.constraint = constraint;
    this.words = words;
  }

  /** What stands as an event's constraint. */
  public String constraint() {
    return constraint;
  }

  /** What had happened before, within a sentence. */
  public String words() {
    return words;
  }

  /** The one that a kill is told of, or null. */
  public static Asked of(LogEvent event) {
    return event.kind() != EventKind.KILLED
        ? null
        : Arrays.stream(values())
            .filter(one -> one.constraint.equals(event.constraint()))
            .findFirst()
            .orElse(null);
  }
}
