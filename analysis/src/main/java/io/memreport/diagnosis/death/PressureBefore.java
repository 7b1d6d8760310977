// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.OomdRule;
import io.memreport.model.memory.PressureSample;
import io.memreport.model.verdict.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What pressure stall information told before a death, and whether it could have told anything. */
final class PressureBefore {
  /** Below this share of full stalls nobody acts. */
  private static final double HARDLY_ANY = 5;

  private PressureBefore() {}

  /** A sentence, or nothing where pressure was not sampled. */
  static List<Evidence> of(Facts facts, Run run) {
    List<PressureSample> samples =
        facts.timeline().pressure().stream()
            .filter(sample -> run.id().equals(sample.runId()) && sample.fullPercent() != null)
            .toList();
    if (samples.isEmpty()) {
      return List.of();
    }
    double most = samples.stream().mapToDouble(PressureSample::fullPercent).max().orElse(0);
    Instant crossed = crossed(samples, run.context().oomd());
    String text =
        crossed != null
            ? String.format(
                Locale.ROOT,
                "Full memory pressure stayed above systemd-oomd's limit of %.2f %% for %d s from %s on"
                    + " (%s)",
                run.context().oomd().pressureLimitPercent(),
                run.context().oomd().pressureSeconds(),
                crossed,
                run.context().oomd().source())
            : most < HARDLY_ANY
                ? String.format(
                    Locale.ROOT,
                    "Memory pressure gave no warning, it was at most %.2f %%: a limit that anonymous"
                        + " memory runs into shows hardly any before the kill",
                    most)
                : String.format(
                    Locale.ROOT, "Full memory pressure (avg10) was at most %.2f %%", most);
    return List.of(new Evidence(text, "recording", null));
  }

  /** From when on the pressure was above the limit for as long as the rule asks, or null. */
  static Instant crossed(List<PressureSample> samples, OomdRule rule) {
    if (rule == null) {
      return null;
    }
    Instant above = null;
    for (PressureSample sample : samples) {
      boolean over =
          sample.fullPercent() != null && sample.fullPercent() > rule.pressureLimitPercent();
      above = over ? (above == null ? sample.at() : above) : null;
      if (above != null
          && Duration.between(above, sample.at()).toSeconds() >= rule.pressureSeconds()) {
        return above;
      }
    }
    return null;
  }
}
