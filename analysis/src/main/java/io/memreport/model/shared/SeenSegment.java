// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shared;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A segment of shared memory as a run saw it last.
 *
 * @param kind {@code sysv}, {@code posix}, {@code wal-index} or {@code anonymous}
 * @param key what shmget was called with, in hexadecimal digits, or null
 * @param creatorPid null if that is not known
 * @param attached attachments, or maps in processes that are known; null if that is not known
 * @param test that its creator belongs to, or null
 * @param earlier whether it was there when the recording began
 * @param seenAt when it was first seen, which is when it was created or a sample later
 * @param lastSeenAt when it was last looked at and had changed, or the recording ended
 * @param goneAt null if it was there to the end
 * @param idleMillis how long nobody was attached, when it was last seen
 */
public record SeenSegment(
    String runId,
    String kind,
    String id,
    @Nullable String key,
    @Nullable Long bytes,
    @Nullable Long creatorPid,
    @Nullable Long lastPid,
    @Nullable Long attached,
    @Nullable Long uid,
    @Nullable String test,
    boolean creatorRuns,
    boolean lastRuns,
    boolean earlier,
    @Nullable Instant seenAt,
    @Nullable Instant lastSeenAt,
    @Nullable Instant goneAt,
    long idleMillis) {}
