// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.memory;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.sql.Retention;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import java.util.List;

/** Why one run's memory was not given back. */
public record RetentionView(
    String run,
    String answer,
    Measure rss,
    String highest,
    Measure sqlite,
    Measure kept,
    Measure files,
    String proportional,
    Measure other,
    List<HolderRow> holders,
    int holderCount) {

  /** The most connections that are listed. */
  static final int LISTED = 20;

  /** One connection, with what it holds in all, of cache, schema, statements and working memory. */
  public record HolderRow(Link connection, String before, String idle, List<Measure> parts) {}

  public static List<RetentionView> of(PostMortem postMortem, Names names) {
    return postMortem.retention().stream().map(retention -> of(retention, names)).toList();
  }

  private static RetentionView of(Retention retention, Names names) {
    return new RetentionView(
        VisibleText.label(retention.runId()),
        VisibleText.label(retention.answer()),
        Measure.bytes(retention.rssBytes()),
        retention.highestRssBytes() == null ? "" : Units.bytes(retention.highestRssBytes()),
        Measure.bytes(retention.sqliteBytes()),
        Measure.bytes(
            retention.keptByMallocBytes(), "only glibc 2.33 and later says what its malloc keeps"),
        Measure.bytes(retention.fileBytes()),
        retention.proportionalFileBytes() == null
            ? ""
            : Units.bytes(retention.proportionalFileBytes()),
        Measure.bytes(retention.otherBytes()),
        retention.holders().stream().limit(LISTED).map(holder -> row(holder, names)).toList(),
        retention.holders().size());
  }

  private static HolderRow row(Retention.Holder holder, Names names) {
    return new HolderRow(
        names.link(Names.CONNECTION, holder.connection()),
        holder.beforeAttachBytes() == null
            ? "opened while recorded"
            : Units.bytes(holder.beforeAttachBytes()),
        holder.idleMillis() == null ? "" : Units.duration(holder.idleMillis() * 1_000_000),
        List.of(
            Measure.bytes(holder.heldBytes()),
            Measure.bytes(holder.cacheBytes()),
            Measure.bytes(holder.schemaBytes()),
            Measure.bytes(holder.statementBytes()),
            Measure.bytes(holder.workingBytes(), "SQLite's own figures do not tell it apart")));
  }
}
