// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.weak.WeakIdentity;

/** A result set of a driver whose result sets do not tell their statement cheaply. */
final class ResultScope extends WeakIdentity {
  final StatementScope statement;

  ResultScope(Object resultSet, StatementScope statement) {
    super(resultSet);
    this.statement = statement;
    register();
  }
}
