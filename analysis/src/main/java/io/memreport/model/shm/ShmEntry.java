// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A segment and what was found of it; null is unknown.
 *
 * @param key of a System V segment, hexadecimal
 * @param attached attachments of a System V segment, processes that map or have open a file
 * @param ageSeconds since it was created or changed
 * @param reason why it has this state, one clause
 */
public record ShmEntry(
    ShmKind kind,
    String id,
    String key,
    long bytes,
    String mode,
    Long uid,
    String owner,
    ShmUser creator,
    ShmUser lastUser,
    Long attached,
    Long ageSeconds,
    ShmState state,
    String reason,
    ShmServer server,
    @JsonIgnore ShmObject object) {}
