// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.Asked;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.LogEvent;
import io.memreport.model.verdict.Confidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal whose sender is told in another line is not put down to memory. */
class AskedSignalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STOP_TIMEOUT | shop.service: State 'stop-sigterm' timed out. Killing.",
        "STOP_TIMEOUT | shop.service: Failed with result 'timeout'.",
        "STOP_TIMEOUT | Error R12 (Exit timeout) -> At least one process failed to exit",
        "STOP_TIMEOUT | level=info msg=\"Container failed to exit within 10s of signal 15 - using the force\"",
        "STOP_TIMEOUT | level=warning msg=\"StopSignal SIGTERM failed to stop container shop in 10 seconds, resorting to SIGKILL\"",
        "CANCELLED | slurmstepd: error: *** JOB 7 ON n1 CANCELLED AT 2026-01-02T03:04:05 ***",
        "CANCELLED | message: workflow shutdown with strategy:  Terminate",
        "TIME_LIMIT | new.message=\"Pod was active on the node longer than the specified deadline\"",
        "PREEMPTED | slurmstepd: error: *** JOB 7 ON n1 CANCELLED AT 2026-01-02T03:04:05 DUE TO PREEMPTION ***",
        "STOPPED | Killing  Sent interrupt. Waiting 5s before force killing",
        "STOPPED | Diagnostics report from attempt_1: Container killed by the ApplicationMaster.",
        "STOPPED | ^CGracefully stopping... (press Ctrl+C again to force)",
        "STOP_TIMEOUT | WARN killing 'shop' (4123) with SIGKILL",
        "TIME_LIMIT | Hard time limit (300s) exceeded for shop.tasks.big[ab]",
        "TIME_LIMIT | airflow.exceptions.AirflowTaskTimeout: Timeout, PID: 4123",
        "TIME_LIMIT | Too long with no output (exceeded 10m0s): context deadline exceeded",
        "TIME_LIMIT | ##[error]The job running on agent A ran longer than the maximum time of 60 minutes.",
        "TIME_LIMIT | [ERROR] There was a timeout in the fork",
        "TIME_LIMIT | shop.service: Service reached runtime time limit. Stopping.",
        "PREEMPTED | Warning  Preempted  2m  default-scheduler  Preempted by shop/big on node n1",
        "PREEMPTED | Pod was terminated in response to imminent node shutdown.",
        "PREEMPTED | Received a spot instance interruption notice, draining",
        "STOPPED | $ kill -9 4123",
        "STOPPED | root@h:~# sudo pkill -KILL java",
        "STOPPED | + kill -TERM 4123",
        "PROBE | Container app failed liveness probe, will be restarted",
        "CANCELLED | ##[error]The operation was canceled.",
        "CANCELLED | # Received cancellation signal, interrupting",
        "CANCELLED | ERROR: Job failed: canceled",
        "CANCELLED | Aborted by admin",
        "TIME_LIMIT | timeout: sending signal KILL to command 'mvn'",
        "TIME_LIMIT | The job has exceeded the maximum execution time of 30 minutes.",
        "TIME_LIMIT | ERROR: Job failed: execution took longer than 1h0m0s seconds",
        "TIME_LIMIT | Cancelling nested steps due to timeout",
        "TIME_LIMIT | slurmstepd: error: *** STEP 7.0 ON n1 CANCELLED AT 2026-01-02T03:04:05 DUE TO TIME LIMIT ***",
        "TIME_LIMIT | TERM_RUNLIMIT: job killed after reaching LSF run time limit.",
        "TIME_LIMIT | TERM_CPULIMIT: job killed after reaching LSF CPU usage limit.",
        "TASK_LIMIT | TERM_THREADLIMIT: job killed after reaching LSF thread limit.",
        "TASK_LIMIT | TERM_PROCESSLIMIT: job killed after reaching LSF process limit.",
        "CANCELLED | TERM_OWNER: job killed by owner.",
        "CANCELLED | TERM_FORCE_ADMIN: job killed by root or LSF administrator without time to clean up.",
        "TIME_LIMIT | =>> PBS: job killed: walltime 3601 exceeded limit 3600",
        "TIME_LIMIT | [CRITICAL] WORKER TIMEOUT (pid:55)",
        "TIME_LIMIT | Job was active longer than specified deadline",
        "PREEMPTED | The instance was preempted.",
        "STOPPED | Gracefully stopping... (press Ctrl+C again to force)",
        "STOPPED | Scaled down replica set shop-7c9b from 1 to 0",
      })
  void the_text_says_why(Asked why, String line) {
    String exit = "Process completed with exit code 137.\n";
    for (String log : new String[] {line + "\n" + exit, exit + line + "\n"}) {
      LogEvent event = Logs.only(log);
      assertThat(event.kind()).isEqualTo(EventKind.KILLED);
      assertThat(Asked.of(event)).isEqualTo(why);
      assertThat(event.signs()).hasSize(2);
      Explanation explanation = LogDiagnosis.explain(event);
      assertThat(explanation.headline())
          .isEqualTo("A process was killed with status 137 after " + why.words() + ".");
      assertThat(explanation.confidence()).isEqualTo(Confidence.POSSIBLE);
      assertThat(String.join(" ", explanation.advice())).isNotBlank().doesNotContain("journalctl");
    }
    assertThat(Logs.events(line + "\n")).isEmpty();
  }

  /** A line may tell of the end and of its reason. */
  @Test
  void a_probe_of_docker_is_told_with_the_status() {
    LogEvent event = Logs.only("task: non-zero exit (137): dockerexec: unhealthy container\n");
    assertThat(event.exitStatus()).isEqualTo(137);
    assertThat(Asked.of(event)).isEqualTo(Asked.PROBE);
    assertThat(event.signs()).hasSize(1);
  }

  /** The status goes before the reason does. */
  @Test
  void a_long_name_leaves_room_for_the_reason() {
    String limit = "Hard time limit (300s) exceeded for shop.tasks.big[ab]\n";
    String end = "Process 'ForkPoolWorker-2' pid:55 exited with 'signal 9 (SIGKILL)'\n";
    assertThat(LogDiagnosis.explain(Logs.only(limit + end)).headline())
        .isEqualTo(
            "The celery worker ForkPoolWorker-2 (pid 55) was killed after its time limit had passed.");
  }

  @Test
  void a_request_to_end_has_a_reason_too() {
    LogEvent event =
        Logs.only("Received cancellation signal, interrupting\nshop-1 exited with code 143\n");
    assertThat(LogDiagnosis.explain(event).headline())
        .isEqualTo("shop-1 was asked to end (SIGTERM, status 143) after its job was cancelled.");
  }

  @Test
  void memory_and_what_is_far_away_keep_their_own() {
    String cancel = "2026-01-02T03:04:05Z ##[error]The operation was canceled.\n";
    String later = "2026-01-02T03:06:%s0Z Process completed with exit code 137.\n";
    assertThat(Asked.of(Logs.only(cancel + later.formatted("0")))).isEqualTo(Asked.CANCELLED);
    assertThat(Asked.of(Logs.only(cancel + later.formatted("1")))).isNull();
    String exit = "Process completed with exit code 137.\n";
    String untimed = "Aborted by admin\n" + "line\n".repeat(59);
    assertThat(Asked.of(Logs.only(untimed + exit))).isEqualTo(Asked.CANCELLED);
    assertThat(Asked.of(Logs.only(untimed + "line\n" + exit))).isNull();
    assertThat(Asked.of(Logs.events("Aborted by admin\n", exit).get(0))).isNull();
    LogEvent oom =
        Logs.only(
            "Aborted by admin\nMemory cgroup out of memory: Killed process 5 (java) total-vm:9kB, anon-rss:8kB, file-rss:0kB\n");
    assertThat(oom.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(oom.constraint()).isEqualTo("CONSTRAINT_MEMCG");
  }
}
