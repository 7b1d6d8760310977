// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.log.LogReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Nothing in a log hangs, crashes or exhausts its reader. The timeouts only catch what hangs. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileLogsTest {
  private static final int MUTANTS = 3000;
  private static final long GIGABYTE = 1L << 30;

  private static final String SEED =
      """
      [Di Aug 12 03:54:03 2025] w invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
      CPU: 3 UID: 0 PID: 4215 Comm: w Not tainted 6.8.0-50-generic #51
      memory: usage 524288kB, limit 524288kB, failcnt 311
      Memory cgroup stats for /ci/job-7: cache:1KB rss:2KB
      [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
      [   4200]  1000  4200   900000   120000  1500000      256             0 java
      oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/ci,task_memcg=/ci/job-7,task=java,pid=4200,uid=1000
      Memory cgroup out of memory: Killed process 4200 (java) total-vm:3600000kB, anon-rss:440000kB, file-rss:36000kB, shmem-rss:4000kB
      Tasks in /pod/c are going to be killed due to memory.oom.group set
      oom_reaper: reaped process 4200 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:4000kB
      systemd-oomd[1]: Killed /a.scope due to memory pressure for /u being 66.42% > 50.00% for > 20s with reclaim activity
      tab.scope: systemd-oomd killed 12 process(es) in this unit.
      sending SIGTERM to process 906 uid 1000 "java": oom_score 1170, VmRSS 43912 MiB, cmdline "x"
      Victim status (found in 27ms):
        VmRSS:     10437 MiB
      oomd kill: 81.28 80.05 42.78 job.slice/a.scope 1000000 ruleset:[test]
      The node was low on resource: memory. Container api was using 2Gi, request is 1Gi, has larger consumption of memory.
      container oom 29d72966e0be (image=sha256:abb, name=nb)
      The forked VM terminated without properly saying goodbye.
      Process Exit Code: 137
      # Native memory allocation (mmap) failed to map 159375360 bytes for committing reserved memory.
      OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x000000072394d000, 159375360, 0) failed; error='x'
      memorystatus: killing_specific_process pid 9 [x] (per-process-limit 3 1s rf:-) 9KB - memorystatus_available_pages: 9
      {"__REALTIME_TIMESTAMP":"1770511207136582","MESSAGE":"Killed process 12 (java) total-vm:9kB"}
      script.sh: line 2:   191 Killed   mvn
      selecting default max_connections ... 20
      selecting default shared_buffers ... 400kB
      running bootstrap script ... 2026-03-02 08:15:01.118 UTC [7714] FATAL:  could not create shared memory segment: No space left on device
      2026-03-02 08:15:01.118 UTC [7714] DETAIL:  Failed system call was shmget(key=918273, size=56, 03600).
      Mar  2 08:15:01 h postgres[340]: [2-1] ERROR:  could not resize shared memory segment "/PostgreSQL.77" to 183552 bytes: No space left on device
      Mar  2 08:15:01 h postgres[340]: [2-2] STATEMENT:  SELECT 1
      Mar  2 08:15:01 h postgres[340]: [2-3] #011FROM t
      FATAL:  pre-existing shared memory block (key 918273, ID 65538) is still in use
      shmget(): failed for key 0x7b: No space left on device
      cp: error writing '/dev/shm/cache.bin': No space left on device
      LOG:  starting PostgreSQL 12.4 on x86_64-pc-linux-gnu, compiled by gcc
      """;

  @Test
  void damaged_logs_are_read_to_their_end() {
    Random random = new Random(20261121);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutant(random);
      LogReading reading = Logs.reading(mutant);
      assertThat(reading.bytes()).isEqualTo(mutant.length);
    }
  }

  private static byte[] mutant(Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(SEED.split("\n")));
    switch (random.nextInt(4)) {
      case 0 -> Collections.shuffle(lines, random);
      case 1 -> lines.addAll(random.nextInt(lines.size()), List.copyOf(lines));
      case 2 -> lines.subList(0, random.nextInt(lines.size())).clear();
      default -> {}
    }
    byte[] bytes =
        String.join(random.nextInt(8) == 0 ? "" : "\n", lines)
            .getBytes(random.nextInt(10) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    for (int flips = random.nextInt(40); flips > 0; flips--) {
      byte[] odd = {0, '\n', '[', ']', '(', ')', '9', ' ', (byte) 0xff, '"', '{', ':', '-', '%'};
      bytes[random.nextInt(bytes.length)] = odd[random.nextInt(odd.length)];
    }
    return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
  }

  @Test
  void numbers_and_brackets_without_end_are_text() {
    String digits = "9".repeat(100_000);
    String brackets = "[".repeat(100_000);
    for (String odd : List.of(digits, brackets, "(".repeat(100_000), " ".repeat(100_000))) {
      for (String line : SEED.split("\n")) {
        Logs.reading((odd + line + "\n").getBytes(StandardCharsets.UTF_8));
        Logs.reading((line + odd + "\n").getBytes(StandardCharsets.UTF_8));
        Logs.reading(line.replace("4200", odd).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void very_many_processes_and_kills_stay_bounded() {
    StringBuilder log = new StringBuilder();
    log.append(
        "[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n");
    for (int i = 0; i < 40_000; i++) {
      log.append("[ ").append(i).append("] 0 ").append(i).append(" 9 9 4096 0 0 worker\n");
    }
    for (int i = 0; i < 40_000; i++) {
      log.append("Out of memory: Killed process ").append(i);
      log.append(" (java) total-vm:9kB, anon-rss:5kB, file-rss:1kB\n");
    }
    LogReading reading = Logs.reading(log.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(reading.events()).hasSizeBetween(100, 1000);
    assertThat(reading.notes()).anyMatch(note -> note.contains("left out"));
    assertThat(
            reading.events().get(0).tasks() == null
                || reading.events().get(0).tasks().largest().size() <= 30)
        .isTrue();
  }

  /** Generated while it is read: neither this test nor the reader has it in memory. */
  @Test
  void a_line_of_a_gigabyte_is_read_in_constant_memory() throws IOException {
    LogReader reader = new LogReader(Logs.NOW, ZoneOffset.UTC);
    reader.read(
        new InputStream() {
          private long left = GIGABYTE;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] buffer, int from, int length) {
            if (left <= 0) {
              return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(buffer, from, from + count, (byte) 'x');
            left -= count;
            return count;
          }
        },
        "one line");
    LogReading reading = reader.result();
    assertThat(reading.bytes()).isEqualTo(GIGABYTE);
    assertThat(reading.lines()).isEqualTo(1);
    assertThat(reading.events()).isEmpty();
  }
}
