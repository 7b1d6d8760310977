// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.Asked;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.verdict.Confidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Podman, Argo and ECS have words of their own, and advice of their own. */
class ContainerToolsTest {
  private static final String ID =
      "0f1d6bd5c1a22c1f5be5b8a9e1f25b2c7c16a6fdd5bba2cf0b65d7b9d3a0b7aa";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20 10:04:31.920034512 +0000 UTC container died "
            + ID
            + " (image=docker.io/library/shop:3, name=shop, io.buildah.version=1.33.7, OOMKilled=true)",
        "Nov 20 10:04:31 h podman[15619]: 2026-11-20 10:04:31.9 +0000 UTC m=+10.9 container died "
            + ID
            + " (image=shop:3, name=shop, OOMKilled=true)",
        "{\"Attributes\":{\"OOMKilled\":\"true\"},\"ContainerExitCode\":137,\"ID\":\""
            + ID
            + "\",\"Name\":\"shop\",\"Status\":\"died\",\"Time\":\"2026-11-20T10:04:31Z\",\"Type\":\"container\"}",
        "{\"Id\":\""
            + ID
            + "\",\"State\":{\"OciVersion\":\"1.1.0\",\"Running\":false,\"OOMKilled\":true,\"ExitCode\":137},\"Name\":\"shop\"}",
      })
  void podman_says_that_it_was_memory(String line) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.platform()).isEqualTo(Platform.PODMAN);
    assertThat(event.victimCgroup()).isEqualTo(ID);
    assertThat(LogDiagnosis.explain(event).headline())
        .isEqualTo(
            "The kernel killed container shop, because its cgroup had reached its memory limit.");
    PlatformKillsTest.assertCertain(event, "podman run --memory");
  }

  @Test
  void a_status_of_podman_alone_does_not() {
    String died =
        "{\"ContainerExitCode\":%d,\"ID\":\"c0ffee\",\"Name\":\"shop\",\"Status\":\"%s\",\"Type\":\"container\"}\n";
    LogEvent event = Logs.only(died.formatted(137, "died"));
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(LogDiagnosis.explain(event).advice().toString()).contains("podman inspect");
    assertThat(Logs.events(died.formatted(0, "died"))).isEmpty();
    assertThat(Logs.events(died.formatted(137, "remove"))).isEmpty();
    assertThat(Logs.events("container died " + ID + " (image=shop:3, name=shop)\n")).isEmpty();
    assertThat(Logs.events("container died " + ID + " (image=a, name=b, OOMKilled=false)\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " └─✖ crunch      crunch    shop-x7k2p-crunch-41234455  45s       OOMKilled (exit code 137) | crunch",
        "level=info msg=\"node shop-x7k2p-27 message: OOMKilled (exit code 137)\" namespace=shop | shop-x7k2p-27",
        "level=info msg=\"node changed\" new.message=\"main: OOMKilled (exit code 137)\" new.phase=Failed nodeID=shop-x7k2p-27 workflow=shop | shop-x7k2p-27",
        "      message: OOMKilled (exit code 137) |",
        "      message: 'main: OOMKilled (exit code 137)' |",
      })
  void argo_names_the_step(String line, String step) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.platform()).isEqualTo(Platform.ARGO);
    assertThat(event.exitStatus()).isEqualTo(137);
    assertThat(event.victim() == null ? null : event.victim().name()).isEqualTo(step);
    assertThat(LogDiagnosis.explain(event).headline())
        .contains(step == null ? "The kernel killed a process" : "The kernel killed step " + step);
    PlatformKillsTest.assertCertain(event, "podSpecPatch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "msg=\"node shop-x7k2p-27 message: Error (exit code 137)\" namespace=shop | shop-x7k2p-27",
        "      message: Error (exit code 143) |",
      })
  void a_status_of_argo_alone_does_not(String line, String step) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.platform()).isEqualTo(Platform.ARGO);
    assertThat(event.victim() == null ? null : event.victim().name()).isEqualTo(step);
    assertThat(LogDiagnosis.explain(event).confidence()).isEqualTo(Confidence.POSSIBLE);
  }

  @Test
  void a_pod_of_kubernetes_without_a_name_is_certain_and_a_flag_of_docker_is_not() {
    LogEvent pod = Logs.only("2026-11-20T10:00:00Z pod event reason=OOMKilled\n");
    assertThat(pod.platform()).isEqualTo(Platform.KUBERNETES);
    LogEvent flag = Logs.only("ExitCode=137 OOMKilled=true\n");
    assertThat(flag.platform()).isNull();
    LogEvent flink =
        Logs.only(
            "container termination statuses: [flink-main-container(exitCode=137, reason=OOMKilled, message=null)]\n");
    assertThat(flink.victim().name()).isEqualTo("flink-main-container");
  }

  @ParameterizedTest
  @CsvSource({
    "UserInitiated,Task stopped by user,STOPPED",
    "ServiceSchedulerInitiated,Scaling activity initiated by (deployment a),STOPPED",
    "ServiceSchedulerInitiated,Task failed ELB health checks in (target-group a),PROBE",
    "SpotInterruption,Your Spot Task was interrupted.,PREEMPTED",
    "TerminationNotice,x,PREEMPTED",
    "EssentialContainerExited,Essential container in task exited,",
  })
  void ecs_says_who_stopped_a_task(String code, String reason, Asked why) {
    String task =
        "{\"taskArn\":\"arn:a\",\"stopCode\":\""
            + code
            + "\",\"stoppedReason\":\""
            + reason
            + "\",\"containers\":[{\"name\":\"shop\",\"exitCode\":137%s}]}\n";
    assertThat(Asked.of(Logs.only(task.formatted("")))).isEqualTo(why);
    LogEvent full = Logs.only(task.formatted(",\"reason\":\"OutOfMemoryError: Container killed\""));
    assertThat(full.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(full.constraint()).isEqualTo("memory");
  }

  @Test
  void docker_told_that_it_sent_the_signal() {
    String events =
        """
        2026-11-20T10:00:10.0Z container kill c0ffee (image=shop:3, name=shop, signal=9)
        2026-11-20T10:00:10.2Z container die %s (execDuration=4231, exitCode=137, image=shop:3, name=shop)
        """;
    LogEvent event = Logs.only(events.formatted("c0ffee"));
    assertThat(Asked.of(event)).isEqualTo(Asked.STOPPED);
    assertThat(event.notes()).anyMatch(note -> note.startsWith("docker sent the signal itself"));
    assertThat(Asked.of(Logs.only(events.formatted("beef")))).isNull();
  }

  /** Names of containers and pods are anybody's. */
  @Test
  void a_container_may_be_called_container() {
    LogEvent evicted =
        Logs.only(
            "The node was low on resource: memory. Container container was using 2097152Ki, request is"
                + " 1Gi, has larger consumption of memory.\n");
    assertThat(evicted.victim().name()).isEqualTo("container");
    assertThat(evicted.victim().rssBytes()).isEqualTo(2L << 30);
    assertThat(Logs.only("container   0/1     OOMKilled   3 (20s ago)   5m\n").victim().name())
        .isEqualTo("container");
    LogEvent described =
        Logs.only(
            """
            Containers:
              container:
                Container ID:   containerd://6c2c
                Last State:     Terminated
                  Reason:       OOMKilled
                  Exit Code:    137
            """);
    assertThat(described.victim().name()).isEqualTo("container");
  }
}
