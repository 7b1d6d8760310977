// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import java.util.List;

/** The answer, in one sentence, with what it rests on. */
public record Verdict(
    VerdictKind kind,
    String killer,
    Cause cause,
    Confidence confidence,
    String headline,
    List<Culprit> culprits,
    List<Evidence> evidence,
    List<String> missing) {}
