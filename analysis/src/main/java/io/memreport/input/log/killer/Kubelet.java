// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Kubernetes shows of its pods and nodes: describe, get events, and the kubelet's log. */
public final class Kubelet implements Recogniser {
  /** As a state or reason, or beside its status: others only speak of it. */
  private static final Pattern TOLD =
      Pattern.compile(
          "(?:[Rr]eason|[Ss]tate|[Ss]tatus)\\\\?[\"']? ?[:=] *\\\\?[\"'(]?(?:Terminated:? \\(?)?OOMKilled\\b"
              + "|\\b\\d{1,4}/\\d{1,4} {1,20}(?:Init:)?OOMKilled\\b|\\b137\\W{1,6}(?:reason: )?OOMKilled\\b"
              + "|OOMKilled\\W{1,4}(?:exitCode|Exit Code)|^-? *OOMKilled *$"
              + "|\\bOOMKilled\\\\?[\"']? ?[:=] ?\\\\?[\"']?true\\b|\\bexitCode:\\d{1,3} .{0,80}?reason:OOM ?Killed\\b");

  /** A manual says what one would see. */
  private static final Pattern EXPLAINING =
      Pattern.compile("^(?:If|When|Once) |\\b(?:shows?|says|would|your?|e\\.g\\.)\\b");

  /** In the line of a log, in which things happen. */
  private static final Pattern REPORTED =
      Pattern.compile(
          "\\b(?:was|been|got|is|were|terminated) (?:\\()?OOMKilled\\b|\\(OOMKilled\\)");

  /** GitLab's executor names it, and metrics; a table of pods has those instead. */
  private static final Pattern CONTAINER =
      Pattern.compile(
          "container \"?([\\w.-]{1,80})\"? terminated|[{,]container=\"([\\w.-]{1,80})\".{0,400}reason=\"OOMKilled\""
              + "|^(?:[\\w.-]{1,80} +)?([\\w.-]{1,253}) +\\d{1,4}/\\d{1,4} +(?:Init:)?OOMKilled\\b"
              // Tekton's steps.
              + "|^\"(step-[\\w-]{1,80})\" exited with code 137 \\(OOMKilled\\)"
              // Flink lists the containers of a pod that is gone.
              + "|\\[([\\w.-]{1,80})\\(exitCode=137, reason=OOMKilled\\b");

  /** docker inspect has a flag of that name; everything else is Kubernetes. */
  private static final Pattern FLAG =
      Pattern.compile("OOMKilled\\\\?[\"']? ?[:=] ?\\\\?[\"']?true\\b");

  private static final Pattern MANAGED =
      Pattern.compile("pod=\"?([\\w./-]{1,200})\"?|pod (\\S{1,200}) is evicted successfully");

  private static final String EVICTION =
      "An eviction sends SIGTERM first, and SIGKILL after the grace period; the pod's reason is"
          + " Evicted, never OOMKilled.";

  private static final String LOW = "The node was low on resource: memory";

  private LogLine reclaiming;

  @Override
  public List<String> keywords() {
    return List.of(
        LOW,
        "OOMKilled",
        "reason:OOM Killed",
        "OOMKilling",
        " OOM encountered, victim process",
        "must evict pod(s) to reclaim",
        "is evicted successfully",
        "ystemOOM",
        "ExceededGracePeriod",
        "Stopping container");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (line.has(LOW)) {
      evicted(line, events);
      return true;
    }
    if (line.has(" OOM encountered, victim process")) {
      system(line, events);
      return true;
    }
    if (line.has("must evict pod(s) to reclaim")) {
      reclaiming = line.has("\"memory\"") || line.has("to reclaim memory") ? line : null;
      return true;
    }
    if (line.has("is evicted successfully")) {
      return byManager(line, events);
    }
    if (line.has("OOMKilled") || line.has("reason:OOM Killed")) {
      return killed(line, events);
    }
    EventBuilder eviction = events.near(line, event -> event.killer == Killer.KUBELET);
    if (eviction == null) {
      return false;
    }
    eviction.sign(line);
    if (line.has("ExceededGracePeriod")) {
      eviction.note("SIGTERM did not end the pod in time: SIGKILL followed.");
    }
    return true;
  }

  /** The log of the kubelet's eviction manager, before 1.19 and since. */
  private boolean byManager(LogLine line, EventLog events) {
    Matcher pod = MANAGED.matcher(line.text());
    if (reclaiming == null || !pod.find()) {
      return false;
    }
    EventBuilder event = events.add(EventKind.OOM_KILL, Killer.KUBELET).sign(reclaiming).sign(line);
    event.constraint = "memory.available";
    event.victim(Victim.named(null, pod.group(1) == null ? pod.group(2) : pod.group(1)));
    event.note(EVICTION);
    return true;
  }

  private static void evicted(LogLine line, EventLog events) {
    EventBuilder event = events.add(EventKind.OOM_KILL, Killer.KUBELET).sign(line);
    event.constraint = "memory.available";
    String available = line.between("available: ", ".");
    String threshold = line.between("Threshold quantity: ", ",");
    if (threshold != null || available != null) {
      event.detail("eviction threshold " + threshold + ", available " + available + " on the node");
    }
    for (String part : line.text().split("Container ", 50)) {
      int using = part.indexOf(" was using ");
      if (using > 0) {
        Long bytes = quantity(part.substring(using + " was using ".length()));
        String name = part.substring(0, using);
        Victim victim = Victim.of(null, name, bytes);
        event.victim(event.victims.isEmpty() ? victim : victim.asCollateral());
        String request = request(part);
        event.detail(name + " requested " + (request == null ? "nothing" : request));
      }
    }
    String pod = line.between("pod/", " ");
    if (pod != null) {
      event.detail("pod " + pod);
    }
    event.note(EVICTION);
  }

  private static String request(String part) {
    for (String words : new String[] {"request is ", "exceeds its request of "}) {
      int at = part.indexOf(words);
      if (at >= 0) {
        String value = part.substring(at + words.length()).split("[, ]", 2)[0];
        return value.endsWith(".") ? value.substring(0, value.length() - 1) : value;
      }
    }
    return null;
  }

  /** A quantity of Kubernetes in bytes, or null: apimachinery's resource.Quantity. */
  static Long quantity(String text) {
    Long number = LogLine.numberAt(text, 0);
    if (number == null) {
      return null;
    }
    int digits = Long.toString(number).length();
    String unit = text.length() > digits ? text.substring(digits).split("[^A-Za-z]", 2)[0] : "";
    Long factor =
        switch (unit) {
          case "" -> 1L;
          case "Ki" -> 1L << 10;
          case "Mi" -> 1L << 20;
          case "Gi" -> 1L << 30;
          case "Ti" -> 1L << 40;
          case "k", "K" -> 1_000L;
          case "M" -> 1_000_000L;
          case "G" -> 1_000_000_000L;
          case "T" -> 1_000_000_000_000L;
          default -> null;
        };
    return factor == null || number > Long.MAX_VALUE / factor
        ? null
        : Long.valueOf(number * factor);
  }

  private static void system(LogLine line, EventLog events) {
    Long pid = line.number("pid: ");
    String name = line.between("victim process: ", ", pid");
    if (name == null) {
      name = line.after("victim process: ");
    }
    EventBuilder known = events.near(line, 120, event -> event.hasVictim(pid));
    if (known != null) {
      known.sign(line);
      return;
    }
    boolean ofCgroup = line.has("Cgroup OOM encountered");
    EventBuilder event =
        events.add(EventKind.OOM_KILL, ofCgroup ? Killer.KERNEL_MEMCG : Killer.KERNEL).sign(line);
    event.victim(Victim.named(pid, name == null || name.isBlank() ? null : name.strip()));
    if (ofCgroup) {
      event.constraint("CONSTRAINT_MEMCG").platform(Platform.KUBERNETES);
      return;
    }
    event.note(
        "The kubelet tells of kernel kills outside of its containers' limits: the node's log says"
            + " which limit it was.");
  }

  private static boolean killed(LogLine line, EventLog events) {
    if (line.has("OOMKilled (exit code") || line.has("container died ")) {
      // Argo's and podman's words, which have more to tell.
      return false;
    }
    // docker inspect has a flag of this name, and tools print that it is not set.
    if (line.has("OOMKilled=false") || line.has("\"OOMKilled\":") || line.has("OOMKilled: false")) {
      return false;
    }
    if (line.has("\"OOMKilled\"} 0")) {
      // A metric that says that it was none.
      return false;
    }
    if (!TOLD.matcher(line.text()).find()
        && !(line.time() != null && REPORTED.matcher(line.text()).find())) {
      return false;
    }
    if (line.time() == null && EXPLAINING.matcher(line.text()).find()) {
      return false;
    }
    EventBuilder known =
        events.near(
            line, 120, event -> event.kind == EventKind.OOM_KILL || event.kind == EventKind.KILLED);
    if (known != null && known.killer != Killer.UNKNOWN) {
      known.sign(line);
      return true;
    }
    EventBuilder event =
        known == null ? events.add(EventKind.OOM_KILL, Killer.KERNEL_MEMCG) : known;
    event.kind = EventKind.OOM_KILL;
    event.killer = Killer.KERNEL_MEMCG;
    event.constraint = "CONSTRAINT_MEMCG";
    event.sign(line).exit(UnknownKills.SIGKILL);
    event.notes.remove(UnknownKills.NOTE);
    event.note(
        "OOMKilled says that the kernel killed a process of the container; which one, and what it"
            + " held, is in the node's kernel log.");
    Matcher container = CONTAINER.matcher(line.text());
    if (event.victims.isEmpty() && container.find()) {
      event.platform(Platform.KUBERNETES).victim(Victim.named(null, name(container)));
    }
    if (event.platform == null && !FLAG.matcher(line.text()).find()) {
      event.platform(Platform.KUBERNETES);
    }
    Long limit = limit(line);
    if (limit != null) {
      event.limits.add(new LogLimit("memory", null, limit, null));
    }
    return true;
  }

  /** Each writer has a group of its own. */
  private static String name(Matcher container) {
    String name = null;
    for (int group = 1; group <= container.groupCount() && name == null; group++) {
      name = container.group(group);
    }
    return name;
  }

  private static Long limit(LogLine line) {
    String words = line.after("limit: ");
    return words == null ? null : quantity(words);
  }
}
