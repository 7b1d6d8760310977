// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import java.util.List;

/** What docker, containerd and podman say of containers. */
public final class Containers implements Recogniser {
  private static final String ANY_PROCESS =
      "A container's oom event means that some process in it was killed; the container may live on.";
  private static final double SAME_KILL_SECONDS = 2;

  @Override
  public List<String> keywords() {
    return List.of(
        "container oom ",
        "container die ",
        "\"status\":\"oom\"",
        "\"Action\":\"oom\"",
        "\"status\":\"die\"",
        "\"Action\":\"die\"",
        "TaskOOM",
        "/tasks/oom",
        "\"OOMKilled\":",
        "\"OOMKilled\": ");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (line.has("container oom ")
        || line.has("\"status\":\"oom\"")
        || line.has("\"Action\":\"oom\"")
        || line.has("TaskOOM")
        || line.has("/tasks/oom")) {
      oom(line, events);
      return true;
    }
    if (line.has("\"OOMKilled\":")) {
      return inspected(line, events);
    }
    boolean dies =
        line.has("container die ")
            || line.has("\"status\":\"die\"")
            || line.has("\"Action\":\"die\"");
    Long status = line.number("exitCode=");
    if (status == null) {
      status = line.number("\"exitCode\":\"");
    }
    if (dies && UnknownKills.isSignal(status)) {
      UnknownKills.report(line, events, status.intValue()).detail("container " + id(line));
      return true;
    }
    return false;
  }

  private static void oom(LogLine line, EventLog events) {
    String container = id(line);
    EventBuilder known =
        events.near(
            line,
            SAME_KILL_SECONDS,
            event ->
                event.kind == EventKind.OOM_KILL
                    && (container.equals(event.victimCgroup)
                        || event.victimCgroup != null && event.victimCgroup.contains(container)));
    if (known != null) {
      known.sign(line).note(ANY_PROCESS);
      return;
    }
    EventBuilder event = events.add(EventKind.OOM_KILL, Killer.KERNEL_MEMCG).sign(line);
    event.constraint = "CONSTRAINT_MEMCG";
    event.victimCgroup = container;
    String name = line.between("name=", ")");
    if (name != null) {
      event.detail("container " + name.split(",", 2)[0]);
    }
    event.note(ANY_PROCESS);
  }

  private static String id(LogLine line) {
    for (String word : new String[] {"container oom ", "container die "}) {
      String rest = line.after(word);
      if (rest != null) {
        return rest.split("[ (]", 2)[0];
      }
    }
    for (String name : new String[] {"\"id\":\"", "\"ID\":\"", "container_id\":\""}) {
      String id = line.between(name, "\"");
      if (id != null) {
        return id;
      }
    }
    return "of an unknown id";
  }

  /** The state that docker inspect shows. */
  private static boolean inspected(LogLine line, EventLog events) {
    String value = line.after("\"OOMKilled\":");
    if (value == null || !value.strip().startsWith("true")) {
      return false;
    }
    EventBuilder known = events.near(line, event -> event.kind == EventKind.OOM_KILL);
    EventBuilder event =
        known == null ? events.add(EventKind.OOM_KILL, Killer.KERNEL_MEMCG) : known;
    event.sign(line).note(ANY_PROCESS);
    return true;
  }
}
