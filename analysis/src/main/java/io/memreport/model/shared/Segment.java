// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shared;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One shared-memory segment.
 *
 * @param kind {@code sysv}, {@code posix}, {@code wal-index} or {@code anonymous}
 * @param id number of a System V segment, path of a file, inode of anonymous memory
 * @param state {@code in-use}, {@code orphan}, {@code abandoned-server}, {@code removed} or {@code
 *     unknown}, when it was last seen
 * @param test that its creator belongs to, or null
 * @param reason why it has this state, one clause
 * @param key what shmget was called with, in hexadecimal digits, or null
 * @param process the child process that created it, or null
 * @param earlier whether it was there when the recording began
 * @param goneAt when it was removed, or null
 */
public record Segment(
    String kind,
    String id,
    @Nullable Long bytes,
    @Nullable Long creatorPid,
    @Nullable Long attached,
    String state,
    @Nullable String test,
    String reason,
    @Nullable String key,
    @Nullable String process,
    boolean earlier,
    @Nullable Instant seenAt,
    @Nullable Instant goneAt) {}
