// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.log.Logs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM's options and our agent help a JVM: another program is told of its own. */
class LogAdviceTest {
  private static final String SIZES = " total-vm:9000kB, anon-rss:8000kB, file-rss:4kB\n";

  private static String advice(String log) {
    return String.join("\n", LogDiagnosis.explain(Logs.only(log)).advice());
  }

  private static String killed(String name) {
    return "Memory cgroup out of memory: Killed process 71 (" + name + ")" + SIZES;
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "javaw.exe", "mvn", "gradlew", "jsvc"})
  void a_jvm_is_told_of_its_heap(String name) {
    assertThat(advice(killed(name))).contains("-Xmx", "Run the JVM with memreport's agent");
  }

  @ParameterizedTest
  @CsvSource({
    "php-fpm8.2,pm.max_children",
    "node,--max-old-space-size",
    "postgres,work_mem",
    "mariadbd,innodb_buffer_pool_size",
    "redis-server,maxmemory",
    "cc1plus,make -j",
    "python3.11,fewer workers",
    "chrome,fewer browsers",
    "stress,let stress hold less",
    "javascript,let javascript hold less",
    "nodemon-x,let nodemon-x hold less",
  })
  void another_program_is_told_of_its_own(String name, String words) {
    assertThat(advice(killed(name))).contains(words).doesNotContain("-Xmx", "JVM", "metaspace");
    assertThat(advice("Out of memory: Killed process 71 (" + name + ")" + SIZES))
        .contains("no limit of a container")
        .doesNotContain("JVM");
    assertThat(
            advice(
                "earlyoom[7]: sending SIGTERM to process 71 uid 1 \""
                    + name
                    + "\": badness 9, VmRSS 12 MiB\n"))
        .doesNotContain("JVM");
  }

  @Test
  void a_container_may_hold_a_jvm_or_not() {
    String oom =
        "[{\"Id\":\"c0ffee\",\"Name\":\"/shop\",\"State\":{\"Status\":\"exited\",\"OOMKilled\":true,\"ExitCode\":137}}]\n";
    assertThat(advice(oom)).contains("let the process hold less (a JVM: -Xmx");
    assertThat(advice(oom.replace("/shop", "/postgres")))
        .contains("let postgres hold less", "work_mem")
        .doesNotContain("-Xmx");
  }

  @Test
  void who_held_more_than_the_victim_is_named_first() {
    String table =
        """
        Tasks state (memory values in pages):
        [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
        [     71]     0    71     2500     1000    90112        0             0 sh
        [     72]     0    72   900000   %s  4090112        0          -900 java
        Out of memory: Killed process 71 (sh) total-vm:10000kB, anon-rss:4000kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:88kB oom_score_adj:0
        """;
    assertThat(advice("sh invoked oom-killer: gfp_mask=0x1, order=0\n" + table.formatted("  2001")))
        .contains("Look first at java (pid 72), which held 7.82 MiB.", "Run the JVM with");
    assertThat(advice("sh invoked oom-killer: gfp_mask=0x1, order=0\n" + table.formatted("  2000")))
        .doesNotContain("Look first", "JVM");
  }

  @Test
  void what_the_service_manager_repeats_is_one_reason() {
    String by = ": A process of this unit has been killed by the OOM killer.\n";
    List<String> because =
        LogDiagnosis.explain(Logs.only("a.slice" + by + "b.service" + by + "c.slice" + by))
            .because();
    assertThat(because)
        .contains("The service manager names the units a.slice, b.service, c.slice.");
    assertThat(LogDiagnosis.explain(Logs.only("b.service" + by)).because())
        .contains("The service manager names the unit b.service.")
        .doesNotContain("The victim was in b.service.");
  }

  @Test
  void a_limit_of_a_kind_of_process_is_no_lack_of_swap() {
    String line =
        "memorystatus: killing_specific_process pid 71 [keys] (%s 100 16s rf:-) 78848KB -"
            + " memorystatus_available_pages: 9\n";
    assertThat(advice(line.formatted("per-process-limit"))).doesNotContain("Make room");
    assertThat(advice(line.formatted("vm-pageshortage"))).contains("Make room");
  }

  @Test
  void an_empty_log_says_so_in_one_line() {
    assertThat(LogDiagnosis.of(Logs.reading(new byte[0])).headline()).hasSizeLessThanOrEqualTo(90);
  }

  @ParameterizedTest
  @CsvSource({
    "PermGen space,MaxPermSize",
    "requested 32756 bytes for ChunkPool::allocate. Out of swap space?,native memory",
    "Java heap space,HeapDumpOnOutOfMemoryError",
  })
  void each_limit_of_a_jvm_has_advice_of_its_own(String words, String advice) {
    assertThat(advice("java.lang.OutOfMemoryError: " + words + "\n")).contains(advice);
  }
}
