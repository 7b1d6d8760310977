// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import io.memreport.model.verdict.Confidence;
import java.util.List;

/**
 * What an event means.
 *
 * @param headline one sentence
 * @param because what it rests on and what it does not mean, a sentence each
 * @param advice what to do, a sentence each
 */
public record Explanation(
    String headline, Confidence confidence, List<String> because, List<String> advice) {}
