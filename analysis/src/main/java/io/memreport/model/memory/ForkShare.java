// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.time.Instant;
import java.util.List;

/**
 * What one of several runs held when one of them died.
 *
 * @param heldBytes resident memory at that instant; a page that several processes map counts in
 *     parts
 * @param peakBytes the most that it ever held, likewise
 * @param endedAt when it ended, null if it lived on
 * @param tests ids of the tests that ran in it at that instant
 */
public record ForkShare(
    String runId, Long pid, Long heldBytes, Long peakBytes, Instant endedAt, List<String> tests) {}
