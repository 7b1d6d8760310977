// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a process that used SQLite did not give memory back. What SQLite holds, what malloc kept,
 * pages of files and the rest sum to what is resident; a part that is not known is null, and in the
 * rest.
 *
 * @param rssBytes resident at the end
 * @param highestRssBytes the most that was resident in a sample
 * @param sqliteBytes what SQLite holds for all open connections
 * @param holders for whom, the largest first
 * @param keptByMallocBytes what was freed and malloc has not returned to the system
 * @param fileBytes resident pages of files, once for each mapping
 * @param proportionalFileBytes likewise, each page divided by how often it is mapped
 * @param otherBytes the Java heap and all else that is not SQLite
 * @param answer one sentence
 */
public record Retention(
    String runId,
    @Nullable Long rssBytes,
    @Nullable Long highestRssBytes,
    @Nullable Long sqliteBytes,
    List<Holder> holders,
    @Nullable Long keptByMallocBytes,
    @Nullable Long fileBytes,
    @Nullable Long proportionalFileBytes,
    @Nullable Long otherBytes,
    String answer) {

  /**
   * What SQLite holds for one connection; parts as in {@link ConnectionHeap}.
   *
   * @param connection its id
   * @param beforeAttachBytes what it held when the recording began, null if it was opened later
   */
  public record Holder(
      String connection,
      String name,
      @Nullable Long heldBytes,
      @Nullable Long cacheBytes,
      @Nullable Long schemaBytes,
      @Nullable Long statementBytes,
      @Nullable Long workingBytes,
      @Nullable Long beforeAttachBytes,
      @Nullable Long idleMillis) {}
}
