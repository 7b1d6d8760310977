// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.SharedMemoryDraft;

/**
 * Words in a line that say that shared memory was refused.
 *
 * @param start where they begin
 * @param end where they end
 */
record SharedMemoryMention(int start, int end, SharedMemoryDraft failure) {}
