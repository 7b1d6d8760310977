// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

/**
 * Native heap of one library, all its copies together.
 *
 * @param name file name without version and random parts
 * @param sqlite whether it contains SQLite
 * @param refusedBecause why it is not accounted, or null if it is; then the figures mean nothing
 * @param held bytes held now
 * @param peak the most bytes held at once, at most 32 KiB per thread below the truth
 * @param allocated bytes handed out so far
 */
public record LibraryHeap(
    String name, boolean sqlite, String refusedBecause, long held, long peak, long allocated) {}
