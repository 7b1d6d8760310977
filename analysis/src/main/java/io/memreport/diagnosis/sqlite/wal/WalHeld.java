// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.wal;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.shared.SeenSegment;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A reader that never ends keeps a write-ahead log, and its index in memory, from being reset. */
public final class WalHeld implements Rule {
  private final WalGrowth growth = new WalGrowth();

  @Override
  public String id() {
    return growth.id();
  }

  @Override
  public String summary() {
    return growth.summary();
  }

  @Override
  public String why() {
    return growth.why();
  }

  @Override
  public String advice() {
    return growth.advice();
  }

  @Override
  public Contrast contrast() {
    return growth.contrast();
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    return growth.examine(facts).stream()
        .map(finding -> suspicion(facts, finding, facts.connection(finding.where())))
        .toList();
  }

  private static Suspicion suspicion(Facts facts, Finding finding, Connection written) {
    WalReader reader = WalReader.of(facts, written);
    Long index = index(facts, written);
    String log = Units.bytes(Objects.requireNonNullElse(written.status().walBytes(), 0L));
    List<String> evidence = new ArrayList<>();
    evidence.add(
        finding.title()
            + " on "
            + Names.connection(written)
            + (index == null ? "" : "; its index in shared memory has " + Units.bytes(index)));
    List<Culprit> culprits = new ArrayList<>();
    if (reader != null) {
      evidence.add(reader.evidence());
      TestResult test = facts.test(reader.test(facts));
      if (test != null) {
        culprits.add(Names.culprit(test, null));
      }
      Query query = reader.result() == null ? null : facts.query(reader.result().query());
      if (query != null) {
        culprits.add(Names.culprit(query, index));
      }
    }
    culprits.add(Names.culprit(reader == null ? written : reader.connection(), index));
    return new Suspicion(
        new Finding(
            finding.id(),
            finding.severity(),
            finding.title(),
            finding.evidence(),
            finding.advice(),
            finding.where()),
        Cause.SQLITE_WAL,
        reader == null ? Confidence.LIKELY : Confidence.CERTAIN,
        reader == null
            ? "let its write-ahead log grow to " + log
            : reader.clause() + ", which keeps a write-ahead log of " + log,
        index == null ? 0 : index,
        culprits,
        evidence.stream().map(Names::recorded).toList());
  }

  /** The size of the -shm file that is mapped, or null if that was not seen. */
  private static Long index(Facts facts, Connection written) {
    String file = written.settings().get("file");
    return facts.shared().segments().stream()
        .filter(segment -> segment.kind().equals("wal-index"))
        .filter(segment -> file != null && segment.id().equals(file + "-shm"))
        .map(SeenSegment::bytes)
        .filter(Objects::nonNull)
        .max(Long::compare)
        .orElse(null);
  }
}
