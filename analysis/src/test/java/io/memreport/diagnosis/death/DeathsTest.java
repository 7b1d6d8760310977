// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.input.log.LogReader;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.JvmLimits;
import io.memreport.model.PostMortem;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.Timeline;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.VerdictKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Endings as they look from what a run left, with and without a log. */
class DeathsTest {
  private static final long MIB = 1 << 20;
  private static final Instant END = Instant.parse("2026-12-18T19:34:55Z");
  private static final String SCOPE = "/user.slice/u/app.slice/tab.scope";

  private static final String OOMD =
      "2026-12-18T19:34:56+00:00 pc systemd-oomd[840]: Killed "
          + SCOPE
          + " due to memory pressure for /user.slice/u being 66.42% > 50.00% for > 20s with reclaim"
          + " activity\n";

  private final List<Run> runs = new ArrayList<>();
  private final List<MemorySample> samples = new ArrayList<>();
  private JvmLimits limits = new JvmLimits(400 * MIB, 0L, 1L, false, false, null, null);

  @Test
  void oomd_kills_the_forks_of_a_session() throws IOException {
    run(1, 3000, null, null);
    run(2, 2800, null, null);
    run(3, 2600, null, null);
    PostMortem postMortem = diagnose(OOMD);
    assertThat(postMortem.verdict().kind()).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(postMortem.verdict().killer()).isEqualTo("systemd-oomd");
    assertThat(postMortem.verdict().confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(postMortem.verdict().cause()).isEqualTo(Cause.PARALLEL_FORKS);
    assertThat(postMortem.verdict().evidence())
        .anyMatch(evidence -> evidence.text().contains("66.42 %"));
    assertThat(postMortem.forks().shares()).hasSize(3);
    assertThat(postMortem.forks().wouldFit()).isEqualTo(4);
    assertThat(postMortem.kills()).hasSize(3);
  }

  @Test
  void a_kill_of_another_session_is_none_of_this_run() throws IOException {
    run(1, 300, 300L, 4000L);
    PostMortem postMortem = diagnose(OOMD.replace("tab.scope", "other.scope"));
    assertThat(postMortem.verdict().kind()).isEqualTo(VerdictKind.KILLED);
    assertThat(postMortem.verdict().killer()).isNull();
  }

  @Test
  void a_kill_of_last_week_is_none_of_this_run() throws IOException {
    run(1, 300, 300L, 4000L);
    assertThat(diagnose(OOMD.replace("12-18T", "12-11T")).verdict().kind())
        .isEqualTo(VerdictKind.KILLED);
  }

  @Test
  void room_left_in_the_cgroup_speaks_against_a_kill_for_memory() throws IOException {
    run(1, 300, 300L, 4000L);
    PostMortem postMortem = diagnose("");
    assertThat(postMortem.verdict().kind()).isEqualTo(VerdictKind.KILLED);
    assertThat(postMortem.verdict().confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(postMortem.verdict().missing()).anyMatch(text -> text.contains("journalctl -k"));
  }

  @Test
  void a_full_cgroup_makes_a_kill_likely_and_no_more() throws IOException {
    run(1, 480, 490L, 512L);
    PostMortem postMortem = diagnose("");
    assertThat(postMortem.verdict().kind()).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(postMortem.verdict().killer()).isNull();
    assertThat(postMortem.verdict().confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void a_full_heap_ends_a_jvm_that_was_told_so() throws IOException {
    limits = new JvmLimits(100 * MIB, 0L, 1L, true, false, null, null);
    run(1, 480, 490L, 512L);
    assertThat(diagnose("").verdict().kind()).isEqualTo(VerdictKind.JAVA_OOM);
  }

  @Test
  void in_a_container_the_cgroup_stands_for_the_number() throws IOException {
    run(1, 480, 490L, 512L);
    PostMortem postMortem =
        diagnose(
            "2026-12-18T19:34:56+00:00 pc kernel: oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),"
                + "cpuset=x,mems_allowed=0,oom_memcg="
                + SCOPE
                + ",task_memcg="
                + SCOPE
                + ",task=java,pid=88123,uid=0\n"
                + "2026-12-18T19:34:56+00:00 pc kernel: Memory cgroup out of memory: Killed process"
                + " 88123 (java) total-vm:9000000kB, anon-rss:480000kB, file-rss:20000kB,"
                + " shmem-rss:0kB\n");
    assertThat(postMortem.verdict().confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(postMortem.kills().get(0).against()).anyMatch(text -> text.contains("container"));
  }

  private void run(long pid, long rssMib, Long cgroupMib, Long limitMib) {
    Long limit = limitMib == null ? null : Long.valueOf(limitMib * MIB);
    Long usage = cgroupMib == null ? Long.valueOf(9000 * MIB) : Long.valueOf(cgroupMib * MIB);
    runs.add(
        new Run(
            "run-" + pid,
            pid,
            END.minusSeconds(60),
            END,
            Role.TEST_FORK,
            Ending.KILLED,
            limit,
            new MemoryAtEnd(
                rssMib * MIB, rssMib * MIB, 0L, 0L, 0L, null, 0L, 0L, 0L, 0L, 0L, null, 0L, null),
            new RunContext(null, null, SCOPE, "v2", 12_288 * MIB, null, null, null, limits, null)));
    for (int second = 10; second >= 0; second--) {
      samples.add(
          new MemorySample(
              "run-" + pid,
              END.minusSeconds(second),
              rssMib * MIB,
              rssMib * MIB,
              0L,
              0L,
              0L,
              0L,
              0L,
              usage,
              limit,
              95 * MIB,
              0L,
              null,
              0L,
              null,
              0L,
              null,
              0L,
              null));
    }
  }

  private PostMortem diagnose(String log) throws IOException {
    LogReader reader = new LogReader(END.plusSeconds(3600), ZoneOffset.UTC);
    reader.read(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), "journal");
    Facts facts =
        Facts.builder()
            .runs(runs)
            .timeline(new Timeline(samples, List.of()))
            .logs(reader.result().events(), reader.result().kernelLogs())
            .build();
    return Diagnosis.of(facts);
  }
}
