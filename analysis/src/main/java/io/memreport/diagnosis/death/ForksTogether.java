// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.death.holder.Holders;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Run;
import io.memreport.model.memory.ForkShare;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A run that died because several JVMs of one build had taken the memory together. */
final class ForksTogether {
  /**
   * So much of the memory that all forks held, one of them may have had, and still be one of many.
   */
  private static final double ONE_OF_MANY = 0.65;

  private final LastMoment end;
  private final Forks forks;

  private ForksTogether(LastMoment end, Forks forks) {
    this.end = end;
    this.forks = forks;
  }

  /**
   * Null where one of them held most, or where they together held little.
   *
   * @param forks null if it ran alone
   */
  static CauseOfDeath in(LastMoment end, Forks forks) {
    return forks == null ? null : new ForksTogether(end, forks).explanation();
  }

  private CauseOfDeath explanation() {
    Long usage = end.usage();
    Long held = end.held();
    if (held == null
        || usage == null
        || held > ONE_OF_MANY * usage
        || forks.sumBytes() < LastMoment.MOST * usage) {
      return null;
    }
    List<Culprit> culprits = new ArrayList<>();
    for (ForkShare share : forks.shares()) {
      Run fork =
          end.facts().runs().stream()
              .filter(one -> one.id().equals(share.runId()))
              .findFirst()
              .orElseThrow();
      // What runs in a fork when another dies may have taken nothing of what that holds.
      Holders.of(end.facts(), fork, MemorySample::rssBytes, share.heldBytes()).culprits().stream()
          .filter(culprit -> share.tests().contains(culprit.id()))
          .map(culprit -> Names.culprit(end.facts().test(culprit.id()), share.heldBytes()))
          .forEach(culprits::add);
    }
    return new CauseOfDeath(
        Cause.PARALLEL_FORKS,
        forks.shares().size()
            + " JVMs together held "
            + Units.bytes(forks.sumBytes())
            + (forks.limitBytes() == null ? "" : " of " + Units.bytes(forks.limitBytes()))
            + howManyFit(),
        forks.shares().size() + " JVMs",
        "together held "
            + Units.bytes(forks.sumBytes())
            + (forks.wouldFit() == null
                ? ""
                : "; "
                    + (forks.wouldFit() == 0 ? "not one fits" : forks.wouldFit() + " would fit")),
        culprits,
        forks.shares().stream()
            .map(
                share ->
                    new Evidence(
                        share.runId()
                            + " held "
                            + Units.bytes(share.heldBytes())
                            + (share.tests().isEmpty()
                                ? ""
                                : " while it ran "
                                    + share.tests().stream()
                                        .map(end.facts()::test)
                                        .map(Names::test)
                                        .collect(Collectors.joining(", "))),
                        "recording",
                        forks.at()))
            .toList());
  }

  private String howManyFit() {
    if (forks.wouldFit() == null) {
      return "";
    }
    return switch (forks.wouldFit()) {
      case 0 -> "; not even one as large as the largest fits";
      case 1 -> "; only one as large as the largest fits";
      default -> "; only " + forks.wouldFit() + " as large as the largest fit";
    };
  }
}
