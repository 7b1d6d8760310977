// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import io.memreport.model.shm.ShmState;

/** A state, and in one clause why. */
record Judgement(ShmState state, String reason) {
  static Judgement inUse(String reason) {
    return new Judgement(ShmState.IN_USE, reason);
  }

  static Judgement unknown(String reason) {
    return new Judgement(ShmState.UNKNOWN, reason);
  }
}
