// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong, where, why it matters and what to do.
 *
 * @param bytes how much memory it is about, null where it is about none or nobody measured it
 * @param fix the advice as settings, null where no setting mends it
 */
public record Finding(
    String id,
    Severity severity,
    String title,
    String evidence,
    String advice,
    @Nullable String where,
    @Nullable Long bytes,
    @Nullable Fix fix) {

  public Finding(
      String id,
      Severity severity,
      String title,
      String evidence,
      String advice,
      @Nullable String where) {
    this(id, severity, title, evidence, advice, where, null, null);
  }

  /** It is about so much memory. */
  public Finding about(@Nullable Long bytes) {
    return new Finding(id, severity, title, evidence, advice, where, bytes, fix);
  }

  /** Settings mend it; null for none. */
  public Finding mendedBy(@Nullable Fix settings) {
    return new Finding(id, severity, title, evidence, advice, where, bytes, settings);
  }
}
