// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import java.util.List;

/**
 * The end of a run that did not end in peace, with what a log says of it.
 *
 * @param cause what held the memory
 * @param event null without a log that tells of it
 * @param matchedBy by what the log's event was found to be about this run
 * @param against what speaks against that, or could not be compared
 * @param secondsAfterLastSample how long after the run's last sample the log dates it, or null
 * @param at when, by the clock of the run: as the log dates it, or else the last sign of life; or
 *     null
 * @param limitBytes the limit that was reached, or null
 * @param held what held the memory, in words, or null
 * @param culprits who took it, the first one first
 * @param victimPid which of the event's victims this run was, by the number that it has there; or
 *     null
 * @param trigger the thread of this run whose allocation found no memory, if the black box knows
 *     it, or null; it is seldom what used the memory up
 */
public record Kill(
    String runId,
    VerdictKind kind,
    Confidence confidence,
    Cause cause,
    ExplainedEvent event,
    List<String> matchedBy,
    List<String> against,
    Double secondsAfterLastSample,
    Instant at,
    Long limitBytes,
    String held,
    List<Culprit> culprits,
    Long victimPid,
    LiveThread trigger) {}
