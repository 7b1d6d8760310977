// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who held a kind of memory of a run that died. A test is named only if what it took explains the
 * kind, and if no other test can have taken as much.
 *
 * @param culprits at most those whose own bytes are half of it; empty for nobody in particular
 * @param subject the same to begin a sentence with
 */
public record Holders(List<Culprit> culprits, String subject, List<Evidence> evidence) {
  /** Who took less of what a kind grew by does not explain it. */
  public static final double ENOUGH = 0.5;

  private static final int NAMED = 3;
  static final String JVM = "this JVM";

  /**
   * Judges by the growth of the process while tests ran.
   *
   * @param heldBytes what was held of this kind
   */
  public static Holders of(
      Facts facts, Run run, Function<MemorySample, Long> kind, long heldBytes) {
    return of(TestGrowth.of(facts, run, kind), explained(facts, run, kind, heldBytes));
  }

  /** What the only one who is named held, else all of it. */
  public long bytesOr(long all) {
    Long own = culprits.size() == 1 ? culprits.get(0).bytes() : null;
    return own == null ? all : own;
  }

  /** How much must be explained: what a JVM has before it does anything is nobody's. */
  public static long explained(
      Facts facts, Run run, Function<MemorySample, Long> kind, long heldBytes) {
    long first =
        Samples.of(facts, run).all().stream()
            .map(kind)
            .filter(bytes -> bytes != null)
            .findFirst()
            .orElse(0L);
    return (long) (ENOUGH * Math.max(heldBytes - first, ENOUGH * heldBytes));
  }

  /**
   * Judges by growths that are known.
   *
   * @param enough from so many bytes on, a growth explains what was held
   */
  public static Holders of(List<TestGrowth> growths, long enough) {
    List<TestGrowth> able = growths.stream().filter(growth -> growth.most() >= enough).toList();
    List<TestGrowth> proven = able.stream().filter(growth -> growth.least() >= enough).toList();
    List<TestGrowth> held = proven.isEmpty() && able.size() == 1 ? able : proven;
    if (held.stream().anyMatch(growth -> growth.test() != null)) {
      List<Culprit> culprits =
          held.stream()
              .filter(growth -> growth.test() != null)
              .map(growth -> Names.culprit(growth.test(), growth.most()))
              .toList();
      return new Holders(culprits, Names.shown(culprits.get(0).name()), List.of());
    }
    if (growths.stream().allMatch(growth -> growth.test() == null)) {
      return new Holders(List.of(), JVM, List.of());
    }
    if (!held.isEmpty()) {
      return nobody("It grew by " + Units.bytes(held.get(0).most()) + " outside of all tests");
    }
    return able.isEmpty() ? together(growths, enough) : oneOf(able);
  }

  /** Several that ran at the same time, so that each of them can have taken it. */
  private static Holders oneOf(List<TestGrowth> able) {
    List<String> names = able.stream().filter(g -> g.test() != null).map(Holders::name).toList();
    if (names.isEmpty()) {
      return nobody("It grew outside of all tests");
    }
    String several =
        names.size() > NAMED
            ? "one of " + names.size() + " tests that ran together"
            : names.size() == 1
                ? names.get(0) + " or what ran beside it"
                : "one of "
                    + String.join(", ", names.subList(0, names.size() - 1))
                    + " and "
                    + names.get(names.size() - 1)
                    + ", which ran together,";
    return new Holders(
        List.of(),
        several,
        List.of(
            Names.recorded(
                "It grew while these ran at the same time, so that it can be of any of them: "
                    + names.stream().limit(2L * NAMED).collect(Collectors.joining(", "))
                    + (names.size() > 2 * NAMED
                        ? " and " + (names.size() - 2 * NAMED) + " more"
                        : ""))));
  }

  /** Tests that each took little: of one class, or nobody's. */
  private static Holders together(List<TestGrowth> growths, long enough) {
    Map<String, List<TestGrowth>> byClass = new LinkedHashMap<>();
    for (TestGrowth growth : growths) {
      if (growth.test() != null && growth.test().className() != null) {
        byClass
            .computeIfAbsent(growth.test().className(), missing -> new ArrayList<>())
            .add(growth);
      }
    }
    Map.Entry<String, List<TestGrowth>> largest =
        byClass.entrySet().stream()
            .max(Comparator.comparingLong(entry -> least(entry.getValue())))
            .orElse(null);
    if (largest != null && least(largest.getValue()) >= enough) {
      String name = largest.getKey();
      int count = largest.getValue().size();
      return new Holders(
          List.of(new Culprit("class", name, name, least(largest.getValue()))),
          "the " + count + " tests of " + Names.shown(Names.simple(name)) + " together",
          List.of());
    }
    return nobody(
        "No test took half of it; the largest: "
            + growths.stream()
                .filter(growth -> growth.test() != null)
                .limit(NAMED)
                .map(growth -> name(growth) + " at most " + Units.bytes(growth.most()))
                .collect(Collectors.joining(", ")));
  }

  private static long least(List<TestGrowth> growths) {
    return growths.stream().mapToLong(TestGrowth::least).sum();
  }

  /** The same with more that speaks for it. */
  public Holders because(List<Evidence> more) {
    return new Holders(culprits, subject, Stream.concat(evidence.stream(), more.stream()).toList());
  }

  private static Holders nobody(String why) {
    return new Holders(List.of(), JVM, List.of(Names.recorded(why)));
  }

  private static String name(TestGrowth growth) {
    return Names.test(growth.test());
  }
}
