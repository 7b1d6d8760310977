// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.document;

import io.memreport.model.log.Asked;

/** Who stopped a task of ECS, by the codes and the reasons that its API documents. */
final class StoppedTask {
  private StoppedTask() {}

  /** Why its containers got a signal; null if the task ended with one of them. */
  static Asked asked(String code, String reason) {
    if (code == null) {
      return null;
    }
    boolean unhealthy = reason != null && reason.contains("health checks");
    return switch (code) {
      case "UserInitiated" -> Asked.STOPPED;
      case "ServiceSchedulerInitiated" -> unhealthy ? Asked.PROBE : Asked.STOPPED;
      case "SpotInterruption", "TerminationNotice" -> Asked.PREEMPTED;
      default -> null;
    };
  }
}
