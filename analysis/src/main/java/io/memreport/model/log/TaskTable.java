// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import java.util.List;

/**
 * The processes that the kernel could choose from.
 *
 * @param count how many there were
 * @param rssBytes their resident memory: shared pages count once for each
 * @param swapBytes what they had in swap, or null
 * @param pageSizeBytes size of a page there
 * @param pageSizeAssumed whether the text does not tell the page size
 * @param largest the largest ones by memory and swap, largest first
 */
public record TaskTable(
    int count,
    long rssBytes,
    Long swapBytes,
    long pageSizeBytes,
    boolean pageSizeAssumed,
    List<TaskRow> largest) {}
