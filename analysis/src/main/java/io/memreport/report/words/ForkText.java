// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.memory.ForkShare;
import io.memreport.model.memory.Forks;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What forks held when the first of them died. */
public final class ForkText {
  static final int ROWS = 8;

  private ForkText() {}

  /** One fork as a line, the largest first. */
  public record Row(String fork, String held, String peak, String ending, String tests) {}

  public static List<Row> rows(PostMortem postMortem) {
    return postMortem.forks().shares().stream()
        .limit(ROWS)
        .map(share -> row(postMortem, share))
        .toList();
  }

  private static Row row(PostMortem postMortem, ForkShare share) {
    boolean died = postMortem.kills().stream().anyMatch(kill -> kill.runId().equals(share.runId()));
    return new Row(
        share.runId(),
        Figures.bytes(share.heldBytes()),
        Figures.bytes(share.peakBytes()),
        share.runId().equals(postMortem.forks().victim())
            ? "died first"
            : died ? "died" : "lived on",
        share.tests().stream()
            .map(id -> TestName.of(postMortem, id))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", ")));
  }

  /**
   * As in {@code 4 forks held 635 MiB; 4 as large as the largest need 947 MiB of 640 MiB: 2 fit}.
   */
  public static String sum(Forks forks) {
    int count = forks.shares().size();
    return count
        + " forks held "
        + Units.bytes(forks.sumBytes())
        + "; "
        + count
        + " as large as the largest need "
        + Units.bytes(forks.needBytes())
        + (forks.limitBytes() == null ? "" : ", the limit is " + Units.bytes(forks.limitBytes()))
        + (forks.wouldFit() == null
            ? ""
            : ": " + forks.wouldFit() + (forks.wouldFit() == 1 ? " fits" : " fit"));
  }
}
