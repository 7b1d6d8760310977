// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.Asked;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Platform;
import io.memreport.model.log.PressureReading;
import io.memreport.model.log.Victim;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one sentence what happened. */
final class EventHeadline {
  /** So much of a cgroup's path leaves room for the rest of the line. */
  private static final int CGROUP = 40;

  /** What tools show of a container's id, and what they leave out. */
  private static final Pattern CONTAINER = Pattern.compile("([0-9a-f]{12})[0-9a-f]{52}");

  private static final int WORDS = 44;

  private static final Pattern NUMBERED = Pattern.compile("[\\w ]{1,40} \\d{1,9}");

  private static final Pattern BYTES = Pattern.compile("(\\d{1,18}) bytes");

  private EventHeadline() {}

  static String of(LogEvent event) {
    return switch (event.kind()) {
      case OOM_KILL -> kill(event);
      case JAVA_OOM -> javaError(event);
      case JVM_ABORT -> abort(event);
      case KILLED -> killed(event);
      case SHM_EXHAUSTED -> SharedMemoryHeadline.of(event.sharedMemory());
      case REFUSED -> RefusalText.headline(event);
      case NO_KILL -> none(event);
    };
  }

  private static String kill(LogEvent event) {
    return switch (event.killer()) {
      case KERNEL_MEMCG -> kernel(event) + ", because " + limit(event) + ".";
      case KERNEL_GLOBAL -> kernel(event) + ", because the machine was out of memory.";
      case KERNEL_CPUSET -> kernel(event) + ", because the memory nodes of its cpuset were full.";
      case KERNEL_MEMORY_POLICY ->
          kernel(event) + ", because the memory nodes of its NUMA policy were full.";
      case KERNEL_SYSRQ -> kernel(event) + ", because somebody asked it to through SysRq.";
      case KERNEL ->
          (event.victims().isEmpty()
                  ? "The kernel killed a process" + ofUnit(event)
                  : kernel(event))
              + " for its memory; this text does not say which limit was reached.";
      case SYSTEMD_OOMD -> oomd(event);
      case EARLYOOM ->
          (event.constraint() == null
                  ? "earlyoom killed "
                  : "earlyoom sent " + event.constraint() + " to ")
              + victim(event)
              + (event.pressure() == null ? "" : ", because " + left(event.pressure()))
              + ".";
      case NOHANG -> "nohang sent " + event.constraint() + " to " + victim(event) + ".";
      case FACEBOOK_OOMD ->
          "oomd killed all of "
              + last(event.victimCgroup())
              + (event.pressure() == null
                  ? "."
                  : ", whose tasks stalled on memory "
                      + percent(event.pressure().percent())
                      + " of the time.");
      case KUBELET ->
          "The kubelet evicted a pod (" + victim(event) + "), because its node was low on memory.";
      case MACOS ->
          event.victims().isEmpty()
              ? "macOS ran out of memory and of room for swap, and began to end processes."
              : "macOS killed " + victim(event) + " (" + event.constraint() + ").";
      case YARN_NODEMANAGER,
          SLURM,
          LSF,
          PBS,
          HTCONDOR,
          LAMBDA,
          HEROKU,
          CLOUD_RUN,
          APP_ENGINE,
          FREEBSD_KERNEL,
          OPENBSD_KERNEL,
          NETBSD_KERNEL,
          AIX_KERNEL,
          ANDROID_LMKD,
          SUPERVISOR,
          JVMKILL_AGENT ->
          ofPlatform(event);
      case UNKNOWN -> "A process of a unit was killed for its memory; by whom is not in this text.";
    };
  }

  private static String javaError(LogEvent event) {
    String words = event.constraint() == null ? "" : event.constraint();
    if (event.killer() == Killer.JVMKILL_AGENT) {
      return "The jvmkill agent ended a JVM at a limit of its own"
          + (words.isEmpty() ? "" : " (" + shortened(words) + ")")
          + ".";
    }
    if (words.contains("native thread") && event.limitCgroup() != null) {
      return "A JVM got no new thread: the pids limit of "
          + last(event.limitCgroup())
          + " was reached.";
    }
    if (words.contains("native thread")) {
      return "A JVM got no new thread from the system; nobody killed it.";
    }
    if (event.platform() == Platform.GRADLE && event.inferred()) {
      return "Gradle's daemon was short of "
          + shortened(words)
          + " and ends after the build; nobody killed it.";
    }
    return "A JVM ran out of memory by its own limits"
        + (words.isBlank() ? "" : " (" + shortened(words) + ")")
        + "; nobody killed it for its memory.";
  }

  /** What ran out, without the figures behind it. */
  private static String shortened(String words) {
    if (words.contains("Out of swap space")) {
      return "Out of swap space?";
    }
    if (words.contains("of direct buffer memory")) {
      return "direct buffer memory";
    }
    return Names.shown(
        words.split(" \\(|: |, |\\. ", 2)[0].replaceFirst(" with \\d.*|\\.$", ""), WORDS);
  }

  /** Platforms that end processes, and kernels other than Linux. */
  private static String ofPlatform(LogEvent event) {
    LogLimit limit = event.limit();
    String what =
        limit == null || limit.limitBytes() == null
            ? ""
            : ", at its " + limit.what() + " limit of " + Units.bytes(limit.limitBytes());
    // The name of a container says nothing to a reader, and is among the victims.
    String whom =
        event.platform() == Platform.YARN
            ? "a container"
            : (ofPool(event) ? "the " : "") + victim(event);
    return Names.capital(event.killer().words()) + " killed " + whom + what + ".";
  }

  /** What a supervisor ends has the name of its kind. */
  private static boolean ofPool(LogEvent event) {
    return event.killer() == Killer.SUPERVISOR && event.victim() != null;
  }

  /**
   * The end of a cgroup's path, which is what people call it; of a container's id its beginning.
   */
  static String last(String cgroup) {
    String path = cgroup == null ? "a cgroup" : cgroup;
    String last = path.substring(path.lastIndexOf('/', path.length() - 2) + 1);
    return Names.shown(CONTAINER.matcher(last).replaceAll("$1"), CGROUP);
  }

  private static String ofUnit(LogEvent event) {
    return event.victimCgroup() == null ? "" : " of " + last(event.victimCgroup());
  }

  private static String kernel(LogEvent event) {
    int others = event.victims().size() - 1;
    if (event.victims().isEmpty()) {
      return event.victimCgroup() == null
          ? event.trigger() == null && event.killer() == Killer.KERNEL_MEMCG
              ? "The kernel killed a process"
              : "The kernel's OOM killer ran"
          : "The kernel killed a process of " + last(event.victimCgroup());
    }
    return "The kernel killed "
        + victim(event)
        + (others > 0 ? " and " + others + (others == 1 ? " other process" : " others") : "");
  }

  private static String victim(LogEvent event) {
    Victim victim = event.victim();
    if (victim == null) {
      return "a process";
    }
    StringBuilder text =
        new StringBuilder(
            victim.name() == null ? "process" : kind(event) + Names.shown(victim.name()));
    if (victim.pid() != null) {
      text.append(victim.name() == null ? " " : " (pid ").append(victim.pid());
      text.append(victim.name() == null ? "" : ")");
    }
    if (victim.rssBytes() != null) {
      text.append(" with ").append(Units.bytes(victim.rssBytes()));
      if (victim.swapBytes() != null && victim.swapBytes() > 0) {
        text.append(" in memory and ").append(Units.bytes(victim.swapBytes())).append(" in swap");
      }
    }
    return text.toString();
  }

  /** What a name without a PID is that of. */
  private static String kind(LogEvent event) {
    if (event.victim().pid() != null || event.platform() == null) {
      return "";
    }
    return switch (event.platform()) {
      case DOCKER, PODMAN, KUBERNETES, ECS, CONTAINERD, CRI_O, NOMAD, BITBUCKET, AZURE ->
          "container ";
      case ARGO -> "step ";
      case HEROKU -> "dyno ";
      case SLURM -> event.victim().name().indexOf('.') < 0 ? "job " : "job step ";
      default -> "";
    };
  }

  private static String limit(LogEvent event) {
    LogLimit limit = event.limit();
    String cgroup = event.limitCgroup() == null ? event.victimCgroup() : event.limitCgroup();
    return (cgroup == null ? "its cgroup" : "the cgroup " + cgroup)
        + " had reached its "
        + (limit == null ? "memory" : limit.what())
        + " limit"
        + (limit == null || limit.limitBytes() == null
            ? ""
            : " of " + Units.bytes(limit.limitBytes()));
  }

  private static String oomd(LogEvent event) {
    PressureReading pressure = event.pressure();
    String what =
        "systemd-oomd killed "
            + (event.victimCgroup() == null
                ? "processes"
                    + (event.limitCgroup() == null ? "" : " of " + last(event.limitCgroup()))
                : "all of " + last(event.victimCgroup()));
    if (pressure == null) {
      return what + ".";
    }
    if (pressure.percent() != null || pressure.duration() != null) {
      return what
          + ", because tasks of "
          + (pressure.cgroup() == null ? "it" : last(pressure.cgroup()))
          + " stalled on memory "
          + (pressure.percent() == null ? "too much" : percent(pressure.percent()))
          + " of the time: more than "
          + percent(pressure.limitPercent())
          + " for "
          + pressure.duration()
          + ".";
    }
    return what
        + ", because "
        + (pressure.memoryTotalBytes() == null
            ? "swap"
            : Units.bytes(pressure.memoryUsedBytes())
                + " of "
                + Units.bytes(pressure.memoryTotalBytes())
                + " of memory and")
        + (pressure.swapTotalBytes() == null
            ? " too much swap"
            : " "
                + Units.bytes(pressure.swapUsedBytes())
                + " of "
                + Units.bytes(pressure.swapTotalBytes())
                + " of swap")
        + " were in use.";
  }

  private static String left(PressureReading reading) {
    if (reading.memoryTotalBytes() == null || reading.memoryUsedBytes() == null) {
      return "memory was low";
    }
    long free = reading.memoryTotalBytes() - reading.memoryUsedBytes();
    String swap =
        reading.swapTotalBytes() == null || reading.swapUsedBytes() == null
            ? ""
            : " and "
                + Units.bytes(reading.swapTotalBytes() - reading.swapUsedBytes())
                + " of swap";
    return "only "
        + Units.bytes(free)
        + " of "
        + Units.bytes(reading.memoryTotalBytes())
        + swap
        + " were left";
  }

  private static String percent(Double value) {
    return value == null ? "an unknown share" : String.format(Locale.ROOT, "%.2f %%", value);
  }

  private static String abort(LogEvent event) {
    if ("memory refused".equals(event.constraint())) {
      return "A JVM ended itself, because the system refused it "
          + (event.trigger() == null ? "memory" : refused(event.trigger().allocation()))
          + "; nobody killed it.";
    }
    return "A JVM aborted"
        + (blank(event.constraint()) ? "" : " (" + event.constraint() + ")")
        + "; nobody killed it for its memory.";
  }

  /** A JVM tells how much it asked for, the kernel of which kind it was. */
  private static String refused(String allocation) {
    Matcher bytes = BYTES.matcher(allocation);
    return bytes.matches() ? Units.bytes(Long.parseLong(bytes.group(1))) : allocation;
  }

  private static String killed(LogEvent event) {
    if (event.exitStatus() == null && event.victim() != null) {
      return subject(event) + " went away: killed or crashed, this text does not say which.";
    }
    String status = event.exitStatus() == null ? "" : " with status " + event.exitStatus();
    Asked asked = Asked.of(event);
    if (asked != null) {
      return subject(event)
          + (event.exitStatus() != null && event.exitStatus() == 143
              ? " was asked to end (SIGTERM, status 143)"
              : " was killed" + status)
          + " after "
          + asked.words()
          + ".";
    }
    return event.exitStatus() != null && event.exitStatus() == 143
        ? subject(event) + " was asked to end (SIGTERM, status 143); who asked is not in this text."
        : subject(event) + " was killed" + status + "; who did it, and why, is not in this text.";
  }

  /** Programs keep their small letter; what they are called by their kind begins the sentence. */
  private static String subject(LogEvent event) {
    Victim victim = event.victim();
    if (victim == null) {
      return "A process";
    }
    if (victim.name() == null || !kind(event).isEmpty()) {
      return Names.capital(victim(event));
    }
    return NUMBERED.matcher(victim.name()).matches()
        ? Names.capital(victim(event))
        : (victim.name().indexOf(' ') > 0 ? "The " : "") + victim(event);
  }

  private static String none(LogEvent event) {
    if (!event.detail().isEmpty()) {
      return "No kill: " + event.detail().get(0);
    }
    return event.notes().isEmpty()
        ? "No kill: nothing died here."
        : "No kill: " + event.notes().get(0);
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
