// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

/**
 * An orphan and what became of it.
 *
 * @param reason why it is safe to remove, or why it was not removed
 */
public record ShmRemoval(
    ShmKind kind, String id, String key, long bytes, ShmOutcome outcome, String reason) {}
