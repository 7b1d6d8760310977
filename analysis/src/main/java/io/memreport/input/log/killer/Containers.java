// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.AskedSignals;
import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.Asked;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docker, containerd and podman say of containers. */
public final class Containers implements Recogniser {
  private static final String ANY_PROCESS =
      "A container's oom event means that some process in it was killed; the container may live on.";

  /** As JSON, with its quotes escaped, and as Go prints a message. */
  private static final Pattern ID =
      Pattern.compile(
          "(?:\"(?:id|ID)\"|\\b[cC]ontainer(?:_id|ID|Id)\\\\?\"?) ?[:=] ?\\\\?\"?([0-9a-zA-Z][\\w.-]{3,127})");

  private static final Pattern PODMAN =
      Pattern.compile(
          "container died ([0-9a-f]{12,64}) \\(.{0,300}?\\bname=([\\w.-]{1,200})(?:.{0,2000}?\\bOOMKilled=(\\w{4,5}))?");
  private static final double SAME_KILL_SECONDS = 2;
  private static final String ASKED =
      "docker sent the signal itself: somebody, or something with a time limit, ran docker stop or"
          + " docker kill.";

  private String asked;

  @Override
  public List<String> keywords() {
    return List.of(
        "container oom ",
        "container die ",
        "container died ",
        "container kill ",
        "\"status\":\"oom\"",
        "\"Action\":\"oom\"",
        "\"status\":\"die\"",
        "\"Action\":\"die\"",
        "TaskOOM",
        "/tasks/oom");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (line.has("container oom ")
        || line.has("\"status\":\"oom\"")
        || line.has("\"Action\":\"oom\"")
        || line.has("TaskOOM")
        || line.has("/tasks/oom")) {
      return oom(line, events);
    }
    if (line.has("container kill ")) {
      asked = id(line);
      return true;
    }
    if (line.has("container died ")) {
      return podman(line, events);
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
      EventBuilder event = UnknownKills.report(line, events, status.intValue());
      String container = id(line);
      if (container != null) {
        event.detail("container " + container);
      }
      if (container != null && container.equals(asked) && event.kind == EventKind.KILLED) {
        AskedSignals.asked(event.note(ASKED), Asked.STOPPED);
      }
      return true;
    }
    return false;
  }

  /** Podman's own events have no status in this form; newer versions say that it was memory. */
  private static boolean podman(LogLine line, EventLog events) {
    Matcher died = PODMAN.matcher(line.text());
    if (!died.find() || !"true".equals(died.group(3))) {
      return false;
    }
    EventBuilder event = events.add(EventKind.OOM_KILL, Killer.KERNEL_MEMCG).sign(line);
    event.constraint("CONSTRAINT_MEMCG").platform(Platform.PODMAN).note(ANY_PROCESS);
    event.victimCgroup = died.group(1);
    event.victim(Victim.named(null, died.group(2)));
    return true;
  }

  /** An event has the container's id: source code and queries for it don't. */
  private static boolean oom(LogLine line, EventLog events) {
    String container = id(line);
    if (container == null) {
      return false;
    }
    EventBuilder known =
        events.near(
            line,
            SAME_KILL_SECONDS,
            event ->
                event.kind == EventKind.OOM_KILL
                    && event.victimCgroup != null
                    && event.victimCgroup.contains(container));
    if (known != null) {
      known.sign(line).note(ANY_PROCESS);
      return true;
    }
    EventBuilder event = events.add(EventKind.OOM_KILL, Killer.KERNEL_MEMCG).sign(line);
    event.constraint = "CONSTRAINT_MEMCG";
    event.victimCgroup = container;
    event.platform(
        line.has("TaskOOM") || line.has("/tasks/oom") ? Platform.CONTAINERD : Platform.DOCKER);
    String name = line.between("name=", ")");
    if (name != null) {
      event.detail("container " + name.split(",", 2)[0]);
    }
    event.note(ANY_PROCESS);
    return true;
  }

  private static String id(LogLine line) {
    for (String word : new String[] {"container oom ", "container die ", "container kill "}) {
      String rest = line.after(word);
      if (rest != null) {
        return rest.split("[ (]", 2)[0];
      }
    }
    Matcher id = ID.matcher(line.text());
    return id.find() ? id.group(1) : null;
  }
}
