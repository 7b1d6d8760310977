// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.AnEvent;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import io.memreport.model.Role;
import io.memreport.model.TestStatus;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import io.memreport.model.shared.SharedFacts;
import io.memreport.model.shared.SharedFailure;
import io.memreport.model.shared.SharedLimits;
import io.memreport.report.KilledForks;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A post-mortem of each kind of ending, by its name. */
final class Endings {
  private static final long MIB = 1 << 20;
  private static final Instant START = ASuite.START;

  private Endings() {}

  static Map<String, PostMortem> all() {
    Map<String, PostMortem> all = new LinkedHashMap<>();
    all.put("killed", killed(true));
    all.put("leak", Suite.guilty());
    all.put("java-oom", javaOom());
    all.put("shared-memory", sharedMemory());
    all.put("child-killed", childKilled());
    all.put("heap-leak", heapLeak());
    all.put("aborted", aborted());
    all.put("killed-from-outside", stopped(Ending.KILLED));
    all.put("running", stopped(Ending.RUNNING));
    all.put("damaged", stopped(Ending.UNKNOWN));
    all.put("clean", Suite.clean());
    all.put("forks", KilledForks.postMortem());
    all.put("many-forks", KilledForks.crowd(17));
    all.put("service", Suite.service());
    all.put("log-only", killed(false));
    return all;
  }

  /** One test in a cgroup that is too small for it. */
  private static PostMortem killed(boolean recorded) {
    ATest before = ATest.of("run", "counts").at(START.plusSeconds(1));
    ATest guilty =
        ATest.of("run", "sums_up_all_scans")
            .in("shop.YearEndArchiveTest")
            .at(START.plusSeconds(4))
            .withoutEnd()
            .status(TestStatus.RUNNING_AT_END);
    ARun run =
        ARun.of("run", START.plusSeconds(30))
            .pid(4711L)
            .limit(320 * MIB)
            .cgroup("/ci/job-7")
            .command("surefirebooter.jar");
    SomeFacts facts =
        new SomeFacts()
            .run(recorded ? run.held(318 * MIB, 50 * MIB, 20 * MIB, 200 * MIB) : run)
            .oomKills("run", START, 0)
            .oomKills("run", START.plusSeconds(30), 1)
            .event(
                AnEvent.kill()
                    .at(START.plusSeconds(30))
                    .constraint("CONSTRAINT_MEMCG")
                    .cgroups("/ci/job-7", "/ci/job-7")
                    .limit(320 * MIB)
                    .victim(4711L, "java", 318 * MIB));
    if (recorded) {
      facts.test(before).span(before, START.plusSeconds(1), START.plusSeconds(3));
      facts.test(guilty).span(guilty, START.plusSeconds(4), null);
      for (int second = 0; second <= 30; second++) {
        long sqlite = second < 4 ? 2 : Math.min(200, 2 + (second - 4) * 9L);
        facts.sample(
            ASample.of("run", START.plusSeconds(second))
                .rss((118 + sqlite) * MIB)
                .heap(50 * MIB)
                .heapUsed(40 * MIB)
                .metaspace(20 * MIB)
                .sqlite(sqlite * MIB)
                .cgroup((120 + sqlite) * MIB, 320 * MIB));
      }
    }
    return Diagnosis.of(facts.build());
  }

  /** Below a command that only looked on. */
  static PostMortem supervised() {
    ATest test = ATest.of("jvm", "counts");
    return Diagnosis.of(
        new SomeFacts()
            .run(ARun.of("ours", START.plusSeconds(60)).ending(Ending.CLEAN).role(Role.SUPERVISOR))
            .run(ARun.of("jvm", START.plusSeconds(50)).ending(Ending.CLEAN))
            .test(test)
            .span(test, START, START.plusSeconds(12))
            .sample(ASample.of("ours", START).rss(70 * MIB))
            .sample(ASample.of("jvm", START).rss(80 * MIB))
            .sample(ASample.of("jvm", START.plusSeconds(50)).rss(85 * MIB))
            .build());
  }

  /** Two tests that keep Java objects, as samples and a full collection know them. */
  private static PostMortem heapLeak() {
    ATest thumbnails =
        ATest.of("run", "scales_all_thumbnails").in("shop.ThumbnailsTest").retained(41 * MIB);
    ATest prices = ATest.of("run", "reads_prices").in("shop.PricesTest").retained(9 * MIB);
    String scale = "shop.Thumbnails.scale(Thumbnails.java:31)";
    return Diagnosis.of(
        ASuite.of(
                ARun.of("run", START.plusSeconds(8))
                    .ending(Ending.CLEAN)
                    .heap(256 * MIB, false)
                    .held(190 * MIB, 120 * MIB, 20 * MIB, null))
            .over("counts", 0, 1)
            .over(thumbnails, 1, 5)
            .over(prices, 5, 7)
            .heap(AHeapSite.of("run", 32).by(thumbnails).at(scale).inUse())
            .heap(AHeapSite.of("run", 6).by(thumbnails).at(scale).ofClass("int[]").inUse())
            .heap(
                AHeapSite.of("run", 3)
                    .by(thumbnails)
                    .at("shop.Cache.put(Cache.java:12)")
                    .ofClass("java.util.HashMap.Node")
                    .inUse())
            .heap(
                AHeapSite.of("run", 8)
                    .by(prices)
                    .at("shop.Prices.read(Prices.java:44)")
                    .ofClass("java.lang.String")
                    .inUse())
            .samples(
                (sample, bytes) -> sample.heapUsed(bytes).heap(120 * MIB).rss(190 * MIB),
                10,
                15,
                30,
                45,
                52,
                55,
                60,
                60)
            .build());
  }

  /** The JVM gave up by itself, as its output says. */
  private static PostMortem aborted() {
    ATest test = ATest.of("run", "reads_the_index").withoutEnd().status(TestStatus.RUNNING_AT_END);
    return Diagnosis.of(
        new SomeFacts()
            .run(ARun.of("run", START.plusSeconds(5)).held(150 * MIB, 60 * MIB, 20 * MIB, null))
            .test(test)
            .span(test, START.plusSeconds(1), null)
            .sample(ASample.of("run", START).rss(140 * MIB))
            .sample(ASample.of("run", START.plusSeconds(5)).rss(150 * MIB))
            .event(AnEvent.kill().kind(EventKind.JVM_ABORT).at(START.plusSeconds(5)))
            .build());
  }

  /** A recording that stops while a test runs, for a reason that is no memory's. */
  private static PostMortem stopped(Ending how) {
    return Diagnosis.of(
        ASuite.of(
                ARun.of("run", START.plusSeconds(3))
                    .ending(how)
                    .limit(2048 * MIB)
                    .held(150 * MIB, 60 * MIB, 20 * MIB, null))
            .over("counts", 0, 1)
            .running("waits_for_the_broker", 1)
            .samples(
                (sample, bytes) -> sample.heapUsed(bytes).heap(60 * MIB).rss(150 * MIB),
                10,
                15,
                16,
                16)
            .build());
  }

  /** A test that asks for more than -Xmx gives. */
  private static PostMortem javaOom() {
    return Diagnosis.of(
        ASuite.of(
                ARun.of("run", START.plusSeconds(5))
                    .ending(Ending.CLEAN)
                    .heap(100 * MIB, false)
                    .held(160 * MIB, 98 * MIB, 20 * MIB, null))
            .over("prices", 0, 1)
            .over(
                ATest.of("run", "loads_all_invoices")
                    .status(TestStatus.FAILED)
                    .failure("java.lang.OutOfMemoryError: Java heap space")
                    .allocated(80 * MIB),
                1,
                3)
            .samples(
                (sample, bytes) -> sample.heapUsed(bytes).heap(100 * MIB).rss(150 * MIB),
                10,
                15,
                60,
                95,
                90)
            .build());
  }

  private static PostMortem sharedMemory() {
    ATest test =
        ATest.of("run", "starts_a_server")
            .in("shop.ShardTest")
            .status(TestStatus.FAILED)
            .failure("java.lang.IllegalStateException");
    AnEvent refused =
        AnEvent.kill()
            .at(START.plusSeconds(8))
            .refusal(
                new SharedMemoryFailure(
                    "PostgreSQL",
                    "shmget",
                    "ENOSPC",
                    7L,
                    null,
                    56L,
                    null,
                    SharedMemoryResource.SHMMNI,
                    OperatingSystem.LINUX,
                    null,
                    99L,
                    false));
    SharedLimits limits =
        new SharedLimits(32L, null, null, null, 32L, 32L, null, null, null, null, "ipc:[1]");
    return Diagnosis.of(
        new SomeFacts()
                .run(ARun.of("run", START.plusSeconds(60)).ending(Ending.CLEAN))
                .test(test)
                .span(test, START.plusSeconds(1), START.plusSeconds(9))
                .sample(ASample.of("run", START).rss(80 * MIB))
                .sample(ASample.of("run", START.plusSeconds(50)).rss(85 * MIB))
                .build()
                .toBuilder()
                .shared(
                    new SharedFacts(
                        List.of(),
                        List.of(),
                        List.of(limits),
                        List.of(
                            new SharedFailure(
                                "run",
                                "run/starts_a_server",
                                null,
                                "output",
                                START.plusSeconds(8),
                                refused.build()))))
                .build());
  }

  private static PostMortem childKilled() {
    ATest test = ATest.of("r", "renders");
    return Diagnosis.of(
        new SomeFacts()
            .run(ARun.of("r", START.plusSeconds(60)).ending(Ending.CLEAN).limit(256 * MIB))
            .test(test)
            .span(test, START, START.plusSeconds(12))
            .sample(ASample.of("r", START).rss(80 * MIB))
            .sample(ASample.of("r", START.plusSeconds(50)).rss(85 * MIB))
            .oomKills("r", START, 4)
            .oomKills("r", START.plusSeconds(30), 5)
            .child("r", "r/renders", 70, "/usr/bin/ffmpeg -i film", START.plusSeconds(10), 137L)
            .build());
  }
}
