// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes the lines that the table of signatures knows, and what stands around them. */
public final class PlatformKills implements Recogniser {
  private static final double SAME_SECONDS = 120;

  /** Heroku counts against the quota: {@code mem=1058M(206.6%)}. */
  private static final Pattern HEROKU = Pattern.compile("mem=([\\d.]+)M\\(([\\d.]+)%\\)");

  private static final Pattern QUOTA = Pattern.compile("sample#memory_quota=([\\d.]+MB)");

  private static final Pattern SEFF =
      Pattern.compile("Memory Efficiency: [\\d.]+% of ([\\d.]+ [KMGT]?B)");

  private static final Pattern LSF_PEAK = Pattern.compile("^Max Memory : +([\\d.]{1,15} [KMGT]?B)");

  /** A manual, a comment or advice speaks of the message. */
  private static final Pattern EXPLAINING =
      Pattern.compile("\\b(?:if|when|means|e\\.g\\.|look for|grep|example)\\b|^ *(?:#|//|\\*) ");

  private static final List<Signature> ALL =
      Stream.concat(Signatures.ALL.stream(), WorkerSignatures.ALL.stream()).toList();

  private static final String ASKED = "Sent interrupt. Waiting ";

  private Long herokuUsed;
  private Long herokuQuota;

  @Override
  public List<String> keywords() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "Process running mem=",
                "sample#memory_quota=",
                "Memory Efficiency: ",
                "Max Memory :",
                ASKED));
    ALL.forEach(signature -> words.add(signature.keyword()));
    return words;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (heroku(line) || seff(line, events) || lsf(line, events) || asked(line, events)) {
      return true;
    }
    for (Signature signature : ALL) {
      if (line.has(signature.keyword())) {
        Matcher found = signature.pattern().matcher(line.text());
        if (found.find() && !isExplained(line, found.start())) {
          tell(signature, found, line, events);
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isExplained(LogLine line, int start) {
    return line.time() == null && EXPLAINING.matcher(line.text().substring(0, start)).find();
  }

  /** Slurm's seff tells the limit behind the state of the job. */
  private static boolean seff(LogLine line, EventLog events) {
    Matcher efficiency = SEFF.matcher(line.text());
    EventBuilder job =
        efficiency.find() ? events.near(line, event -> event.platform == Platform.SLURM) : null;
    Long limit = job == null ? null : Sizes.bytes(efficiency.group(1));
    if (limit == null) {
      return false;
    }
    job.sign(line).limitIfMissing(Platform.SLURM, limit);
    return true;
  }

  /** The summary of a job that LSF ended tells its peak; what it asked for is no limit. */
  private static boolean lsf(LogLine line, EventLog events) {
    Matcher peak = LSF_PEAK.matcher(line.text());
    EventBuilder job = peak.find() ? events.near(line, event -> event.killer == Killer.LSF) : null;
    Long used = job == null ? null : Sizes.bytes(peak.group(1));
    if (used == null || !job.limits.isEmpty()) {
      return false;
    }
    job.sign(line).limits.add(new LogLimit("memory", used, null, null));
    return true;
  }

  /** Some versions of Nomad take each status 137 for memory, that of a task too that they ended. */
  private static boolean asked(LogLine line, EventLog events) {
    EventBuilder known =
        line.has(ASKED)
            ? events.near(
                line,
                SAME_SECONDS,
                event ->
                    event.platform == Platform.NOMAD
                        && event.kind == EventKind.OOM_KILL
                        && event.victims.isEmpty())
            : null;
    if (known == null) {
      return false;
    }
    known.kind = EventKind.KILLED;
    known.killer = Killer.UNKNOWN;
    known.constraint = null;
    known
        .sign(line)
        .exit(UnknownKills.SIGKILL)
        .note(
            "Nomad had asked the task to end and sent SIGKILL when it did not: some of its versions call"
                + " that OOM killed too.");
    return true;
  }

  private boolean heroku(LogLine line) {
    Matcher quota = QUOTA.matcher(line.text());
    if (quota.find()) {
      herokuQuota = Sizes.bytes(quota.group(1));
      return true;
    }
    Matcher running = HEROKU.matcher(line.text());
    if (!line.has("Process running mem=") || !running.find()) {
      return false;
    }
    herokuUsed = Sizes.bytes(running.group(1) + "M");
    double share = Double.parseDouble(running.group(2)) / 100;
    if (herokuQuota == null && share > 0 && herokuUsed != null) {
      // Dynos come in whole multiples of 256 MiB; the percentage is rounded.
      long multiple = Math.round(herokuUsed / share / (256L << 20));
      herokuQuota = multiple == 0 ? null : Long.valueOf(multiple * (256L << 20));
    }
    return true;
  }

  private void tell(Signature signature, Matcher found, LogLine line, EventLog events) {
    String name = signature.name(found);
    String pid = signature.group(found, "pid");
    if (signature.kind() == EventKind.KILLED && followed(signature, line, events)) {
      return;
    }
    EventBuilder known =
        events.near(line, SAME_SECONDS, event -> isSame(event, signature, name, pid));
    EventBuilder event = known == null ? events.add(signature.kind(), signature.killer()) : known;
    event.sign(line);
    if (known != null && signature.kind() == EventKind.KILLED) {
      // That a process is gone is known already, with more words.
      return;
    }
    if (known != null && event.kind == EventKind.JAVA_OOM) {
      // What the platform makes of the end of a JVM that ended itself.
      event.platform = event.platform == null ? signature.platform() : event.platform;
      event.constraint = event.constraint == null ? signature.what() : event.constraint;
      String ended = signature.group(found, "status");
      event.exitStatus = ended == null ? event.exitStatus : Integer.valueOf(ended);
      return;
    }
    if (signature.platform() != null) {
      event.platform(signature.platform());
    }
    if (event.kind == EventKind.KILLED) {
      event.kind = signature.kind();
      event.notes.remove(UnknownKills.NOTE);
      event.notes.remove(UnknownKills.TERMINATED);
    }
    if (!event.killer.isLinuxKernel() || event.victims.isEmpty()) {
      event.killer = signature.killer();
    }
    if (event.constraint == null) {
      event.constraint = signature.what();
    }
    if (signature.platform() == Platform.SLURM && !event.victims.isEmpty() && name != null) {
      event.detail("job or step " + name);
    }
    if (event.victims.isEmpty() && (name != null || pid != null)) {
      boolean resident = signature.platform() == Platform.ANDROID;
      event.victim(
          Victim.of(
              pid == null ? null : Long.valueOf(pid),
              name,
              resident ? signature.bytes(found, "used") : null));
    }
    limit(signature, found, event);
    String reason = signature.group(found, "reason");
    if (reason != null) {
      event.detail("reason: " + reason.strip());
    }
    String status = signature.group(found, "status");
    String container = signature.group(found, "container");
    if (container != null && event.victimCgroup == null) {
      event.victimCgroup = container;
    }
    if (signature.group(found, "signal") != null) {
      event.exitStatus = UnknownKills.SIGKILL;
    }
    if (signature.group(found, "term") != null) {
      event.exitStatus = UnknownKills.SIGTERM;
    }
    if (status != null) {
      event.exitStatus = Integer.valueOf(status);
    }
    if (signature.note() != null) {
      if (signature.kind() == EventKind.NO_KILL) {
        event.detail(signature.note());
      } else {
        event.note(signature.note());
      }
    }
  }

  /** A process that said of itself that it got no memory is gone for that. */
  private static boolean followed(Signature signature, LogLine line, EventLog events) {
    EventBuilder refused =
        signature.platform() == null
            ? null
            : events.near(
                line,
                SAME_SECONDS,
                event -> event.kind == EventKind.REFUSED && event.platform == signature.platform());
    if (refused == null) {
      return false;
    }
    refused.sign(line);
    return true;
  }

  private void limit(Signature signature, Matcher found, EventBuilder event) {
    Long used = signature.bytes(found, "used");
    Long limit = signature.bytes(found, "limit");
    if (signature.platform() == Platform.HEROKU) {
      used = herokuUsed;
      limit = herokuQuota;
    }
    boolean told = signature.platform() != Platform.ANDROID && (used != null || limit != null);
    if (told && event.limits.isEmpty()) {
      event.limits.add(new LogLimit(signature.what(), used, limit, null));
    }
  }

  private static boolean isSame(EventBuilder event, Signature signature, String name, String pid) {
    if (signature.kind() == EventKind.KILLED && signature.killer() == Killer.UNKNOWN) {
      return event.isDeath()
          && (pid == null || event.victims.isEmpty() || event.hasVictim(Long.valueOf(pid)));
    }
    if (signature.kind() == EventKind.NO_KILL) {
      return event.platform == signature.platform() && event.kind == EventKind.NO_KILL;
    }
    if (event.platform == null) {
      boolean before = event.kind == EventKind.KILLED || event.killer.isLinuxKernel();
      if (event.kind == EventKind.JAVA_OOM && signature.kind() == EventKind.JAVA_OOM) {
        // The error is told before the status that follows from it.
        return true;
      }
      return before && event.kind != EventKind.NO_KILL && signature.killer().isLinuxKernel()
          || event.kind == EventKind.KILLED && event.exitStatus != null;
    }
    if (event.platform != signature.platform() || event.kind == EventKind.NO_KILL) {
      return false;
    }
    Victim victim = event.victims.isEmpty() ? null : event.victims.get(0);
    if (victim == null || name == null && pid == null) {
      return true;
    }
    if (signature.platform() == Platform.SLURM) {
      // A step belongs to its job, and both are told.
      return job(victim.name()).equals(job(name));
    }
    return Objects.equals(victim.name(), name)
        && (pid == null || victim.pid() == null || pid.equals(victim.pid().toString()));
  }

  private static String job(String step) {
    return step == null ? "" : step.split("\\.", 2)[0];
  }
}
