// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.JvmLimits;
import io.memreport.model.LiveThread;
import io.memreport.model.PostMortem;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.TestStatus;
import io.memreport.model.Timeline;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogMemory;
import io.memreport.model.log.LogSign;
import io.memreport.model.log.LogTime;
import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.TaskTable;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Three forks under a limit of 300 MiB, the largest of which the kernel killed. */
public final class KilledForks {
  private static final long MIB = 1 << 20;
  private static final long LIMIT = 300 * MIB;

  /** Of a crowd, which has more. */
  private static final long LIMIT_OF_CROWD = 1200 * MIB;

  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final int SECONDS = 20;
  private static final String CGROUP = "/ci/job-7";

  /** What a name that comes from outside is written as. */
  private final String hostile;

  private final long limit;
  private final List<Run> runs = new ArrayList<>();
  private final List<TestResult> tests = new ArrayList<>();
  private final List<TestSpan> spans = new ArrayList<>();
  private final List<MemorySample> samples = new ArrayList<>();
  private final List<LiveThread> threads = new ArrayList<>();

  private KilledForks(String hostile, long limit) {
    this.hostile = hostile;
    this.limit = limit;
  }

  /** As it was. */
  public static PostMortem postMortem() {
    return new KilledForks(null, LIMIT).diagnosed();
  }

  /** The same, where every text of others is the given one. */
  public static PostMortem hostile(String text) {
    return new KilledForks(text, LIMIT).diagnosed();
  }

  /** So many more forks beside them, none of which died. */
  public static PostMortem crowd(int more) {
    KilledForks forks = new KilledForks(null, LIMIT_OF_CROWD);
    for (int i = 0; i < more; i++) {
      forks.fork("run-n" + i, 200 + i, 40 + i % 5 * 7L, Ending.CLEAN, SECONDS + 2 + i % 7);
    }
    return forks.diagnosed();
  }

  private String text(String text) {
    return hostile == null ? text : hostile;
  }

  private PostMortem diagnosed() {
    fork("run-a", 101, 130, Ending.KILLED, SECONDS);
    fork("run-b", 102, 90, Ending.CLEAN, SECONDS + 5);
    fork("run-c", 103, 60, Ending.CLEAN, SECONDS + 9);
    threads.add(
        new LiveThread(
            "run-a",
            107L,
            text("main"),
            "java",
            "t-run-a",
            "q1",
            text("select 1"),
            false,
            7_000_000L,
            null,
            null,
            null));
    return Diagnosis.of(
        Facts.builder()
            .runs(runs)
            .tests(tests)
            .timeline(new Timeline(samples, spans))
            .liveThreads(threads)
            .logs(List.of(kill(), survey()), List.of())
            .build());
  }

  private void fork(String id, long pid, long mib, Ending ending, int seconds) {
    JvmLimits limits =
        new JvmLimits(128 * MIB, 0L, MIB, false, false, text("hs_err.log"), text("/ci/project"));
    RunContext context =
        new RunContext(
            text("surefirebooter.jar"),
            text("17.0.15"),
            CGROUP,
            "v2",
            16_000 * MIB,
            null,
            null,
            Long.toString(pid),
            limits,
            null);
    MemoryAtEnd memory =
        new MemoryAtEnd(
            mib * MIB,
            mib * MIB / 2,
            20 * MIB,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    Instant end = START.plusSeconds(seconds);
    runs.add(new Run(id, pid, START, end, Role.TEST_FORK, ending, limit, memory, context));
    String test = "t-" + id;
    boolean unfinished = ending == Ending.KILLED;
    tests.add(
        new TestResult(
            test,
            id,
            TestKind.TEST,
            text("shop.BulkTest"),
            text("imports"),
            text("imports()"),
            unfinished ? TestStatus.RUNNING_AT_END : TestStatus.FAILED,
            START.plusSeconds(3),
            unfinished ? null : (seconds - 4) * 1_000_000_000L,
            2,
            new HeapUse(MIB, null),
            new NativeUse(null, null, null),
            new SharedUse(null, null, null),
            List.of(),
            List.of(),
            List.of(),
            unfinished ? null : text("java.net.SocketException")));
    spans.add(
        new TestSpan(test, id, START.plusSeconds(3), unfinished ? null : end.minusSeconds(1)));
    for (int second = 0; second <= seconds; second++) {
      long rss = Math.min(mib, 40 + second * (mib - 40) / SECONDS) * MIB;
      long charged = limit / LIMIT * (second <= SECONDS ? 150 + second * 7L : 170) * MIB;
      samples.add(
          new MemorySample(
              id,
              START.plusSeconds(second),
              rss,
              rss / 2,
              20 * MIB,
              null,
              null,
              null,
              null,
              charged,
              limit,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null));
    }
  }

  private LogEvent kill() {
    LogTime at = new LogTime("Jan 02 03:04:25", START.plusSeconds(SECONDS), null, true);
    return new LogEvent(
        "k1",
        EventKind.OOM_KILL,
        Killer.KERNEL_MEMCG,
        "CONSTRAINT_MEMCG",
        at,
        text("6.12.9"),
        CGROUP,
        hostile == null ? CGROUP : CGROUP + "/" + hostile,
        true,
        new Trigger(text("main"), 107L, 0, text("GFP_KERNEL")),
        List.of(new LogLimit("memory", limit, limit, 4L)),
        new LogMemory(null, null, 270 * MIB, 20 * MIB, 5 * MIB, 9 * MIB, 0L, null),
        new TaskTable(
            5,
            285 * MIB,
            0L,
            4096,
            false,
            List.of(
                task(101, "java", 131),
                task(102, "java", 90),
                task(103, "java", 60),
                task(99, text("mvn"), 4))),
        List.of(victim(101, "java", 131, false), victim(108, text("postgres"), 3, true)),
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(
            new LogSign(
                text("Memory cgroup out of memory: Killed process 101 (java)"),
                text("kernel.log"),
                12,
                at)),
        null,
        false);
  }

  private LogEvent survey() {
    return new LogEvent(
        "k2",
        EventKind.NO_KILL,
        Killer.SYSTEMD_OOMD,
        null,
        null,
        null,
        null,
        null,
        false,
        null,
        List.of(),
        null,
        null,
        List.of(),
        null,
        new SharedMemoryFailure(
            text("PostgreSQL"),
            "shm_unlink",
            "ENOENT",
            7L,
            8L,
            9L,
            text("/PostgreSQL.7"),
            SharedMemoryResource.REMOVED,
            OperatingSystem.LINUX,
            text("SELECT 1"),
            10L,
            false),
        null,
        List.of(text("systemd-oomd only looked.")),
        List.of(),
        List.of(new LogSign(text("dry run"), text("kernel.log"), 40, null)),
        null,
        false);
  }

  private static TaskRow task(long pid, String name, long mib) {
    return new TaskRow(
        pid, 1000L, name, 900 * MIB, mib * MIB, (mib - 2) * MIB, 2 * MIB, 0L, 0L, MIB, 0L);
  }

  private static Victim victim(long pid, String name, long mib, boolean collateral) {
    return new Victim(
        pid,
        name,
        collateral,
        1000L,
        mib * MIB,
        (mib - 2) * MIB,
        2 * MIB,
        0L,
        0L,
        MIB,
        900 * MIB,
        0L);
  }
}
