// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.log.ExplainedEvent;
import java.util.List;

/**
 * The end of a run that did not end in peace, with what a log says of it.
 *
 * @param event null without a log that tells of it
 * @param matchedBy by what the log's event was found to be about this run
 * @param against what speaks against that, or could not be compared
 * @param secondsAfterLastSample how long after the run's last sample the log dates it, or null
 * @param cause what held the memory
 */
public record Kill(
    String runId,
    VerdictKind kind,
    Confidence confidence,
    Cause cause,
    ExplainedEvent event,
    List<String> matchedBy,
    List<String> against,
    Double secondsAfterLastSample) {}
