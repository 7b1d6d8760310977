// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.model.verdict.Fix;

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

  /** The settings that the advice comes to, as an example for the documentation; null for none. */
  default Fix example() {
    return null;
  }
}
