// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.memreport.input.log.event.AskedSignals;
import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.input.log.platform.Sizes;
import io.memreport.model.log.Asked;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogTime;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;
import java.util.function.Function;

/** Finds in a JSON value what tools show of endings: docker, ECS, Kubernetes, Lambda and jetsam. */
public final class Documents {
  private static final int DEEPEST = 40;

  private final EventLog events;
  private final LogLine line;
  private boolean known;

  private final Function<String, LogTime> times;

  private Documents(EventLog events, LogLine line, Function<String, LogTime> times) {
    this.events = events;
    this.line = line;
    this.times = times;
  }

  /**
   * Takes a value.
   *
   * @param line its first line, which stands for it
   * @param times reads a time
   * @return whether it was a document that is known, even if it tells of no kill
   */
  public static boolean read(
      JsonNode value, LogLine line, EventLog events, Function<String, LogTime> times) {
    Documents documents = new Documents(events, line, times);
    documents.walk(value, 0);
    return documents.known;
  }

  private void walk(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (node.isObject() && taken(node)) {
      known = true;
      return;
    }
    for (JsonNode child : node) {
      if (child.isContainerNode()) {
        walk(child, depth + 1);
      }
    }
  }

  private boolean taken(JsonNode node) {
    return docker(node)
        || podman(node)
        || azure(node)
        || ecs(node)
        || pod(node)
        || lambda(node)
        || jetsam(node)
        || jettisoned(node);
  }

  /** The output of docker inspect and podman inspect. */
  private boolean docker(JsonNode node) {
    // With --format '{{json .State}}' it is the state alone.
    JsonNode state = node.path("OOMKilled").isBoolean() ? node : node.path("State");
    JsonNode flag = state.path("OOMKilled");
    if (!flag.isBoolean()) {
      return false;
    }
    JsonNode limit = node.path("HostConfig").path("Memory");
    String name = text(node, "Name");
    boolean ended = !state.path("Running").asBoolean(false) || flag.booleanValue();
    if (ended) {
      new Ending(
              state.has("OciVersion") ? Platform.PODMAN : Platform.DOCKER,
              name == null ? null : name.replaceFirst("^/", ""),
              text(node, "Id"),
              flag.booleanValue(),
              status(state.path("ExitCode")),
              limit.canConvertToLong() && limit.longValue() > 0 ? limit.longValue() : null)
          .tell(at(text(state, "FinishedAt"), shown(state, "OOMKilled", "ExitCode")), events);
    }
    return true;
  }

  /** An event of podman: the status is that of the container, and newer versions have the flag. */
  private boolean podman(JsonNode node) {
    JsonNode status = node.path("ContainerExitCode");
    if (!"container".equals(text(node, "Type")) || !status.isNumber()) {
      return false;
    }
    if ("died".equals(text(node, "Status"))) {
      new Ending(
              Platform.PODMAN,
              text(node, "Name"),
              text(node, "ID"),
              "true".equals(text(node.path("Attributes"), "OOMKilled")),
              status(status),
              null)
          .tell(at(text(node, "Time"), shown(node, "Status", "ContainerExitCode")), events);
    }
    return true;
  }

  /** A container of a group of Azure Container Instances. */
  private boolean azure(JsonNode node) {
    JsonNode state = node.path("instanceView").path("currentState");
    if (!"Terminated".equals(text(state, "state"))) {
      return false;
    }
    String why = text(state, "detailStatus");
    new Ending(
            Platform.AZURE,
            text(node, "name"),
            null,
            "OOMKilled".equals(why),
            status(state.path("exitCode")),
            null)
        .tell(at(text(state, "finishTime"), shown(state, "detailStatus", "exitCode")), events);
    return true;
  }

  /** A task of ECS: the output of describe-tasks, or an event of its state. */
  private boolean ecs(JsonNode node) {
    JsonNode containers = node.path("containers");
    if (!node.path("taskArn").isTextual() || !containers.isArray()) {
      return false;
    }
    for (JsonNode container : containers) {
      String reason = text(container, "reason");
      boolean full = reason != null && reason.startsWith("OutOfMemoryError");
      Long own = mebibytes(container.path("memory"));
      String stopped = text(node, "stoppedAt");
      EventBuilder ending =
          new Ending(
                  Platform.ECS,
                  text(container, "name"),
                  text(container, "runtimeId"),
                  full,
                  status(container.path("exitCode")),
                  own == null ? mebibytes(node.path("memory")) : own)
              .tell(at(stopped, shown(container, "name", "exitCode", "reason", "memory")), events);
      Asked asked = StoppedTask.asked(text(node, "stopCode"), text(node, "stoppedReason"));
      if (ending != null && asked != null && ending.kind == EventKind.KILLED) {
        AskedSignals.asked(ending, asked);
      }
    }
    return true;
  }

  /** A pod, or the list of them. */
  private boolean pod(JsonNode node) {
    JsonNode inner = node.path("status").path("containerStatuses");
    // kubectl -o jsonpath={.status} leaves the pod out.
    JsonNode statuses = inner.isArray() ? inner : node.path("containerStatuses");
    if (!statuses.isArray()) {
      return false;
    }
    for (JsonNode status : statuses) {
      String name = text(status, "name");
      for (String state : new String[] {"state", "lastState"}) {
        JsonNode ended = status.path(state).path("terminated");
        if (ended.isObject()) {
          new Ending(
                  Platform.KUBERNETES,
                  name,
                  text(ended, "containerID"),
                  "OOMKilled".equals(text(ended, "reason")),
                  status(ended.path("exitCode")),
                  podLimit(node, name))
              .tell(at(text(ended, "finishedAt"), shown(ended, "reason", "exitCode")), events);
        }
      }
    }
    return true;
  }

  private static Long podLimit(JsonNode pod, String name) {
    for (JsonNode container : pod.path("spec").path("containers")) {
      if (container.path("name").asText().equals(name)) {
        String limit = text(container.path("resources").path("limits"), "memory");
        return limit == null ? null : Sizes.bytes(limit);
      }
    }
    return null;
  }

  /** A platform.report record of Lambda's JSON logs. */
  private boolean lambda(JsonNode node) {
    JsonNode metrics = node.path("metrics");
    JsonNode size = metrics.path("memorySizeMB");
    JsonNode used = metrics.path("maxMemoryUsedMB");
    if (!size.isNumber() || !used.isNumber()) {
      return false;
    }
    String error = text(node, "errorType");
    boolean named = "Runtime.OutOfMemory".equals(error);
    boolean full = used.longValue() * 100 >= size.longValue() * 98;
    boolean exited = "Runtime.ExitError".equals(error);
    if (named || exited && full) {
      EventBuilder event =
          events
              .add(EventKind.OOM_KILL, Killer.LAMBDA)
              .sign(at(null, "errorType: " + error))
              .platform(Platform.LAMBDA)
              .constraint("memory")
              .exit(UnknownKills.SIGKILL);
      event.inferred = !named;
      event.limits.add(
          new LogLimit("memory", used.longValue() << 20, size.longValue() << 20, null));
    }
    return true;
  }

  /** A JetsamEvent of macOS and iOS: the process with a reason was ended. */
  private boolean jetsam(JsonNode node) {
    JsonNode processes = node.path("processes");
    JsonNode pageSize = node.path("memoryStatus").path("pageSize");
    if (!processes.isArray() || !pageSize.isNumber()) {
      return false;
    }
    for (JsonNode process : processes) {
      if (process.path("reason").isTextual()) {
        jettisoned(process, text(node, "date"), pageSize.longValue());
      }
    }
    return true;
  }

  /** One process of such a report, as people quote it; the size of a page is left out then. */
  private boolean jettisoned(JsonNode process) {
    boolean known =
        process.path("rpages").isNumber()
            && process.path("pid").isNumber()
            && process.path("name").isTextual()
            && process.path("reason").isTextual();
    if (known) {
      jettisoned(process, null, null);
    }
    return known;
  }

  private void jettisoned(JsonNode process, String date, Long pageSize) {
    String reason = process.path("reason").textValue();
    boolean routine = reason.contains("idle-exit") || reason.equals("highwater");
    EventBuilder event = events.add(routine ? EventKind.NO_KILL : EventKind.OOM_KILL, Killer.MACOS);
    event
        .sign(at(date, shown(process, "name", "pid", "rpages", "reason")))
        .constraint(reason)
        .platform(Platform.MACOS);
    JsonNode pages = process.path("rpages");
    event.victim(
        Victim.of(
            process.path("pid").isNumber() ? process.path("pid").longValue() : null,
            text(process, "name"),
            pages.isNumber() && pageSize != null ? pages.longValue() * pageSize : null));
    if (routine) {
      event.detail("The system ends idle processes as a matter of routine, memory or not.");
    }
  }

  private LogLine at(String time, String shown) {
    LogTime told = time == null ? null : times.apply(time);
    return line.at(told == null ? line.time() : told).withText(shown);
  }

  private static String shown(JsonNode node, String... names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      if (!node.path(name).isMissingNode()) {
        text.append(text.length() == 0 ? "" : ", ").append(name).append(": ");
        text.append(node.path(name).asText());
      }
    }
    return text.toString();
  }

  private static Integer status(JsonNode node) {
    return node.isInt() ? node.intValue() : null;
  }

  private static Long mebibytes(JsonNode node) {
    return node.isTextual() || node.isNumber() ? Sizes.bytes(node.asText() + "M") : null;
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).isTextual() ? node.path(name).textValue() : null;
  }
}
