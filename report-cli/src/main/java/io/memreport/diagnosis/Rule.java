// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.model.Facts;
import java.util.List;

/** Looks for one thing that goes wrong. */
interface Rule {
  /** The id of its findings, and of its page in the documentation. */
  String id();

  /** What goes wrong, in a line for the list of rules. */
  String summary();

  /** Why it matters, and from where on: for the documentation. */
  String why();

  /** What to do about it. */
  String advice();

  /** What was found, each with who did it; empty if nothing was. */
  List<Suspicion> examine(Facts facts);
}
