// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.model.Facts;
import io.memreport.model.verdict.Fix;
import java.util.List;

/** What findings of one kind have in common: their page in the documentation. */
public interface FindingKind {
  /** The id of its findings, and of its page in the documentation. */
  String id();

  /** What goes wrong, in a line for the list of findings. */
  String summary();

  /** Why it matters, and from where on: for the documentation. */
  String why();

  /** What to do about it. */
  String advice();

  /** What it looks like, and what instead of it: for the documentation. */
  Contrast contrast();

  /** What must have been recorded for one to be found. */
  default List<Need> needs() {
    return Need.ofTopic(id());
  }

  /** What was seen, or is missing, that keeps it from being decided, a line each. */
  default List<String> undecided(Facts facts) {
    return List.of();
  }

  /** The settings that the advice comes to, as an example for the documentation; null for none. */
  default Fix example() {
    return null;
  }
}
