// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.growth.Growth;
import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.LastCollection;
import io.memreport.model.memory.LastCollection.KeptLoaders;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Classes that tests loaded and that were not unloaded. */
public final class MetaspaceRetained extends GrowthRule {
  /** Some thousand classes. */
  private static final long LEAST_BYTES = 8 << 20;

  /** More than the classes of a large framework. */
  static final long ONCE_BYTES = 128 << 20;

  /** Of the largest growth of a test what another one has to have to do the same. */
  private static final double REPEATS = 0.25;

  /** A suite may use three libraries, each for the first time in another test. */
  private static final int REPEATED = 4;

  /** That of the JDK which applications make themselves. */
  private static final String OF_URLS = "java.net.URLClassLoader";

  public MetaspaceRetained() {
    super(Cause.METASPACE, "metaspace", LEAST_BYTES, MemorySample::metaspaceBytes);
  }

  @Override
  protected List<Growth.Point> points(Facts facts, Run run) {
    return asked(facts, run, Boundary::metaspaceBytes, super.points(facts, run));
  }

  /**
   * Frameworks load their classes when the first test runs that needs them: only what other tests
   * do, too, or what no framework needs, is a leak.
   */
  @Override
  protected boolean isOnce(Facts facts, Run run, Growth growth) {
    if (loaders(facts, run.id()).findAny().isPresent()) {
      return false;
    }
    Growth.Share largest = growth.shares().get(0);
    boolean first =
        facts.tests().stream()
            .filter(test -> run.id().equals(test.runId()))
            .filter(test -> largest.test().kind().equals(test.kind()))
            .noneMatch(test -> test.startedAt().isBefore(largest.test().startedAt()));
    boolean repeats =
        growth.shares().stream()
                .filter(share -> share.bytes() >= REPEATS * largest.bytes())
                .limit(REPEATED)
                .count()
            == REPEATED;
    return first || !repeats && largest.bytes() < ONCE_BYTES;
  }

  /** Class loaders that are alike, in which the same class was loaded again and again. */
  private static Stream<KeptLoaders> loaders(Facts facts, String run) {
    LastCollection last = facts.boundaries().last(run);
    return last == null
        ? Stream.empty()
        : last.loaders().stream().filter(kept -> !isOfLibrary(kept.type()));
  }

  /** Scripts of Groovy's, for one, are kept by caches with soft references. */
  private static boolean isOfLibrary(String loader) {
    return HeapHolder.isOfLibrary(loader) && !loader.startsWith(OF_URLS);
  }

  /** Loaders that live were reached by that collection. */
  @Override
  protected boolean endTells(Facts facts, Run run) {
    return loaders(facts, run.id()).findAny().isPresent();
  }

  /**
   * The classes of an application context are the context's; where tests left loaders that are
   * alike, what others loaded is the cost of a first use.
   */
  @Override
  protected long foreign(Facts facts, TestResult test) {
    List<KeptLoaders> loaders = loaders(facts, test.runId()).toList();
    boolean othersAreKnown =
        !loaders.isEmpty() && loaders.stream().noneMatch(one -> one.testId().equals(test.id()));
    return othersAreKnown || SpringContextsKept.isFirstOfOne(test) ? ALL : 0;
  }

  @Override
  protected String evidence(Facts facts, Run run) {
    return loaders(facts, run.id())
        .max(Comparator.comparingLong(KeptLoaders::count))
        .map(
            kept ->
                Names.test(facts.test(kept.testId()))
                    + " made "
                    + Names.counted(kept.count(), "class loader")
                    + " that live, of class "
                    + Names.shown(Names.simple(kept.type()))
                    + (kept.className() == null
                        ? ""
                        : ", each with its own " + Names.shown(Names.simple(kept.className()))))
        .orElse(null);
  }

  @Override
  public String id() {
    return "java.metaspace-retained";
  }

  @Override
  public String summary() {
    return "Tests left classes behind";
  }

  @Override
  public String why() {
    return "A class stays in metaspace as long as its class loader is reachable: by a static field, a thread, a thread"
        + " local, or any object of its classes. memreport reports tests of a run whose metaspace grew by "
        + least()
        + " or more, if they explain half of it and made many class loaders that live, each with the same class, when"
        + " all had been collected at the end; or if full collections followed them (leaks=gc). What the first test"
        + " loads is not called a leak then, nor what the first test of a Spring context does, nor less than "
        + Units.bytes(ONCE_BYTES)
        + " that fewer than "
        + REPEATED
        + " tests load.";
  }

  @Override
  public String advice() {
    return "Find what keeps the class loaders: jcmd PID VM.classloader_stats. Close URLClassLoaders, and make proxies and"
        + " generated classes once, not for each test.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        LOADERS.add(new URLClassLoader(urls)); // a static list, for each test""",
        """
        try (URLClassLoader loader = new URLClassLoader(urls)) {
          run(loader);
        }""");
  }
}
