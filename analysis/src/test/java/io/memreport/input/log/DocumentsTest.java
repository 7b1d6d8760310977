// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools print over several lines, and lines of logs within something else. */
class DocumentsTest {
  private static final long MIB = 1 << 20;
  private static final String LIMIT = "memory: usage 262144kB, limit 262144kB, failcnt 9";
  private static final String KILL =
      "Memory cgroup out of memory: Killed process 41 (java) total-vm:904856kB, anon-rss:251428kB,"
          + " file-rss:1240kB, shmem-rss:0kB, UID:998 pgtables:1556kB oom_score_adj:0";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-08-06T07:46:40.000000001Z stderr F %s",
        "2026-08-06T07:46:40Z,node-a,\"%s\"",
        "\"2026-08-06T07:46:40Z\",\"node-a\",\"%s\"",
        "<6>1 2026-08-06T07:46:40.000000Z node-a kernel - - - [ 10.1] %s",
        "{\"jsonPayload\":{\"MESSAGE\":\"%s\"},\"timestamp\":\"2026-08-06T07:46:40Z\"}",
        "{\"log\":\"%s\\n\",\"stream\":\"stderr\",\"time\":\"2026-08-06T07:46:40Z\"}",
        "\u001e{\"MESSAGE\":\"%s\",\"__REALTIME_TIMESTAMP\":\"1786002400000000\"}",
        "{\n\t\"MESSAGE\" : \"%s\",\n\t\"__REALTIME_TIMESTAMP\" : \"1786002400000000\"\n}",
        "__REALTIME_TIMESTAMP=1786002400000000\n_TRANSPORT=kernel\nMESSAGE=%s\n",
        "Thu 2026-08-06 07:46:40.000000 UTC [s=a;i=1;b=2]\n    PRIORITY=4\n    MESSAGE=%s",
      })
  void wrapped_lines_keep_their_limit_and_time(String wrapping) {
    LogEvent event = Logs.only(wrapping.formatted(LIMIT) + "\n" + wrapping.formatted(KILL) + "\n");
    assertThat(event.victim().name()).isEqualTo("java");
    assertThat(event.limit().limitBytes()).isEqualTo(256 * MIB);
    assertThat(event.at().instant()).isBetween("2026-08-06T07:46:40Z", "2026-08-06T07:46:40.001Z");
  }

  @Test
  void the_summary_line_alone_names_the_victim() {
    LogEvent event =
        Logs.only(
            "[65.1] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=a,mems_allowed=0,"
                + "global_oom,task_memcg=/system.slice/docker-00748bf4e957.scope,task=java,pid=71,"
                + "uid=1000\n");
    assertThat(event.victim().pid()).isEqualTo(71);
    assertThat(event.victim().uid()).isEqualTo(1000);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.victimCgroup()).contains("00748bf4e957");
    PlatformKillsTest.assertCertain(event, "the host was full");
  }

  @Test
  void a_translated_kill_line_is_known_by_its_fields() {
    LogEvent event =
        Logs.only("内存 cgroup 内存不足：已终止进程 41 (java) total-vm：9048kB，anon-rss：2514kB，file-rss：12kB\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.victim().pid()).isEqualTo(41);
    assertThat(event.victim().anonBytes()).isEqualTo(2514 << 10);
  }

  @Test
  void docker_inspect_tells_whether_it_was_memory() {
    String inspected =
        """
        [
            {
                "Id": "c08990490074",
                "State": { "Running": false, "OOMKilled": %s,
                    "ExitCode": 137,
                    "FinishedAt": "2026-09-12T03:40:10.0Z"
                },
                "Name": "/shop",
                "HostConfig": { "Memory": 268435456 }
            }
        ]
        """;
    LogEvent full = Logs.only(inspected.formatted(true));
    assertThat(full.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(full.limit().limitBytes()).isEqualTo(256 * MIB);
    assertThat(full.victim().name()).isEqualTo("shop");
    LogEvent other = Logs.only(inspected.formatted(false));
    assertThat(other.kind()).isEqualTo(EventKind.KILLED);
    assertThat(other.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(Logs.events(inspected.formatted(false).replace("137", "1"))).isEmpty();
  }

  @Test
  void a_stopped_task_of_ecs_names_its_container() {
    LogEvent event =
        Logs.only(
            """
            {
              "tasks": [ { "taskArn": "arn:x", "memory": "1024", "stoppedAt": "2026-01-17T09:15:22+00:00",
                "containers": [
                  { "name": "shop", "exitCode": 137, "memory": "500",
                    "reason": "OutOfMemoryError: Container killed due to memory usage" },
                  { "name": "log", "exitCode": 0 } ] } ]
            }
            """);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.limit().limitBytes()).isEqualTo(500 * MIB);
    assertThat(event.victim().name()).isEqualTo("shop");
    PlatformKillsTest.assertCertain(event, "task definition");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    Limits:\n      memory:  256Mi\n    Last State:  Terminated\n      Reason:  OOMKilled\n"
            + "      Exit Code:  137\n",
        "    Last State:  Terminated\n      Reason:  OOMKilled\n      Exit Code:  137\n    Limits:\n"
            + "      memory:  256Mi\n",
        "    resources:\n      limits:\n        memory: 256Mi\n    lastState:\n      terminated:\n"
            + "        exitCode: 137\n        reason: OOMKilled\n",
      })
  void pods_tell_their_reason_and_limit(String words) {
    LogEvent event = Logs.only(words);
    assertThat(event.platform()).isEqualTo(Platform.KUBERNETES);
    assertThat(event.exitStatus()).isEqualTo(137);
    assertThat(event.limit().limitBytes()).isEqualTo(256 * MIB);
    PlatformKillsTest.assertCertain(event, "limits.memory");
    LogEvent other = Logs.only(words.replace("OOMKilled", "Error"));
    assertThat(other.kind()).isEqualTo(EventKind.KILLED);
    assertThat(LogDiagnosis.explain(other).advice().toString()).doesNotContain("journalctl");
  }

  @Test
  void a_piece_of_an_inspected_state_is_enough() {
    LogEvent event = Logs.only("    \"OOMKilled\": true,\n    \"ExitCode\": 137,\n");
    assertThat(event.platform()).isEqualTo(Platform.DOCKER);
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(Logs.only("{\"OOMKilled\":false,\"ExitCode\":137}\n").kind())
        .isEqualTo(EventKind.KILLED);
  }

  @Test
  void a_kill_line_that_was_broken_within_its_words_is_whole() {
    LogEvent event =
        Logs.only(
            KILL.replace("Killed process", "Killed\n process").replace("kB, ", "kB,\n ") + "\n");
    assertThat(event.victim().pid()).isEqualTo(41);
  }

  /** As older versions of iOS write it. */
  @Test
  void a_heading_on_the_line_of_a_report_is_no_part_of_it() {
    String report =
        "{\"bug_type\":\"298\"}{\n\"memoryStatus\": {\"pageSize\": 4096},\n\"processes\": ["
            + "{\"name\": \"app\", \"pid\": 7, \"rpages\": 3, \"reason\": \"per-process-limit\"}]\n}\n";
    assertThat(Logs.only(report).victim().rssBytes()).isEqualTo(3 * 4096);
  }

  @Test
  void a_jetsam_event_names_the_process_with_a_reason() {
    LogEvent event =
        Logs.only(
            """
            {"bug_type":"298","timestamp":"2026-07-06 16:47:11.00 -1000"}
            {
              "memoryStatus" : { "pageSize" : 16384 },
              "processes" : [
                {"name":"java","pid":812,"rpages":64,"reason":"vm-compressor-space-shortage"},
                {"name":"Finder","pid":300,"rpages":1000}
              ]
            }
            """);
    assertThat(event.killer()).isEqualTo(Killer.MACOS);
    assertThat(event.victim().rssBytes()).isEqualTo(MIB);
  }

  /** One process of a jetsam event, as it is quoted; how large a page is stands elsewhere. */
  @Test
  void a_process_of_a_jetsam_event_is_enough() {
    LogEvent event =
        Logs.only(
            """
            {
              "uuid" : "0a1b",
              "states" : ["frontmost"],
              "rpages" : 64,
              "pid" : 812,
              "reason" : "per-process-limit",
              "name" : "Shop"
            }
            """);
    assertThat(event.killer()).isEqualTo(Killer.MACOS);
    assertThat(event.victim().pid()).isEqualTo(812);
    assertThat(event.victim().name()).isEqualTo("Shop");
    assertThat(event.victim().rssBytes()).isNull();
    assertThat(LogDiagnosis.explain(event).advice().get(0)).contains("that of its kind of process");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\n  \"a\": 1\n", "[\nabc\n]\n", "{\"a\":\n}\n", "{\n\n"})
  void what_is_no_document_is_read_as_lines(String opening) {
    assertThat(Logs.events(opening + KILL + "\n")).hasSize(1);
  }
}
