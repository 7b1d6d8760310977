// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

import static io.memreport.input.log.platform.Signature.kill;

import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import java.util.List;

/** The messages that are known. A new killer is a row here, and its advice in the diagnosis. */
final class Signatures {
  private static final String SIZE = "[\\d.]+ ?(?:[kKMGTP]i?)?[Bb]?";
  private static final String CONTAINER = "container_\\w{1,80}";
  private static final String VIRTUAL = "virtual memory";
  private static final String ADDRESS_SPACE =
      "The limit is that of address space, which a JVM reserves far more of than it uses: more RAM"
          + " does not help.";
  private static final String USED =
      "Current usage: (?<%s>" + SIZE + ") of (?<%s>" + SIZE + ") %s memory used";

  static final List<Signature> ALL =
      List.of(
          // Hadoop's ContainersMonitorImpl, before 3.0 and since.
          kill(
              Platform.YARN,
              Killer.YARN_NODEMANAGER,
              "beyond ",
              "physical memory",
              "(?:\\[pid=(?<pid>\\d+),containerID=)?(?<name>"
                  + CONTAINER
                  + ")\\]? is running (?:\\d+B )?beyond (?:the )?'?(?:physical|PHYSICAL)'? memory limits?\\. "
                  + USED.formatted("used", "limit", "physical")),
          kill(
                  Platform.YARN,
                  Killer.YARN_NODEMANAGER,
                  "beyond ",
                  VIRTUAL,
                  "\\[pid=(?<pid>\\d+),containerID=(?<name>"
                      + CONTAINER
                      + ")\\] is running (?:\\d+B )?beyond (?:the )?'?(?:virtual|VIRTUAL)'? memory limits?\\. "
                      + "Current usage: [^;]*; (?<used>"
                      + SIZE
                      + ") of (?<limit>"
                      + SIZE
                      + ") virtual memory used")
              .note(ADDRESS_SPACE),
          kill(
              Platform.YARN,
              Killer.YARN_NODEMANAGER,
              "running over ",
              "memory",
              "Process tree for container: (?<name>"
                  + CONTAINER
                  + ") .{0,80}configured limit\\. Limit=(?<limit>\\d+), current usage = (?<used>\\d+)"),
          kill(
              Platform.YARN,
              Killer.YARN_NODEMANAGER,
              "beyond memory-limits",
              "memory",
              "TaskTree \\[pid=(?<pid>\\d+),tipID=(?<name>[\\w]+)\\] is running beyond memory-limits\\."
                  + " Current usage ?: ?(?<used>\\d+) ?bytes\\. Limit ?: ?(?<limit>\\d+) ?bytes"),
          kill(
              Platform.YARN,
              Killer.YARN_NODEMANAGER,
              "killed by YARN for exceeding",
              "physical memory",
              "killed by YARN for exceeding (?:physical )?memory limits\\. +(?<used>"
                  + SIZE
                  + ") of (?<limit>"
                  + SIZE
                  + ") physical memory used"),
          kill(
                  Platform.YARN,
                  Killer.YARN_NODEMANAGER,
                  "killed by YARN for exceeding",
                  VIRTUAL,
                  "killed by YARN for exceeding virtual memory limits\\. (?<used>"
                      + SIZE
                      + ") of (?<limit>"
                      + SIZE
                      + ") virtual memory used")
              .note(ADDRESS_SPACE),
          kill(
                  Platform.YARN,
                  Killer.YARN_NODEMANAGER,
                  "killed by YARN for exceeding",
                  VIRTUAL,
                  "killed by YARN for exceeding memory limits\\. +(?<used>"
                      + SIZE
                      + ") of (?<limit>"
                      + SIZE
                      + ") virtual memory used")
              .note(ADDRESS_SPACE),
          kill(
              Platform.YARN,
              Killer.YARN_NODEMANAGER,
              "killed by YARN for exceeding",
              "memory",
              "Container killed by YARN for exceeding memory limits\\. +Consider "),
          // YARN's own statuses for both, where the words are left out.
          kill(
              Platform.YARN,
              Killer.YARN_NODEMANAGER,
              "-104",
              "physical memory",
              "(?<name>" + CONTAINER + ")\\b.{0,80}[Ee]xit ?[Ss]tatus[:=] ?-104\\b"),
          kill(
                  Platform.YARN,
                  Killer.YARN_NODEMANAGER,
                  "-103",
                  VIRTUAL,
                  "(?<name>" + CONTAINER + ")\\b.{0,80}[Ee]xit ?[Ss]tatus[:=] ?-103\\b")
              .note(ADDRESS_SPACE),
          kill(
              Platform.YARN,
              Killer.YARN_NODEMANAGER,
              "elastic cgroups OOM handler",
              "memory of the node",
              "(?<name>" + CONTAINER + ") killed by elastic cgroups OOM handler"),
          // Spark's executors end themselves with a status of their own.
          kill(
                  Platform.SPARK,
                  Killer.UNKNOWN,
                  "code 52",
                  "OutOfMemoryError",
                  "(?:Command exited with code|exited with exit code) (?<status>52)(?:\\(|$|\\b(?! ?MB))")
              .as(
                  EventKind.JAVA_OOM,
                  "Status 52 is that of a Spark executor that met an OutOfMemoryError; nobody killed it"
                      + " for its memory."),
          // slurmstepd, of all versions.
          kill(
              Platform.SLURM,
              Killer.KERNEL_MEMCG,
              "oom",
              "memory",
              "Detected \\d+ oom[-_ ]kill events?(?:\\(s\\))? in (?:StepId=|step )(?<name>[\\w+]+(?:\\.[\\w+]+)*)"),
          kill(
              Platform.SLURM,
              Killer.KERNEL_MEMCG,
              ": Out Of Memory",
              "memory",
              "(?:srun: )?error: [\\w.-]+: tasks? [\\d,-]+: Out Of Memory"),
          kill(
              Platform.SLURM,
              Killer.SLURM,
              "exceeded memory limit",
              "memory",
              "(?:Step|Job|StepId=|JobId=) ?(?<name>[\\w.+]+) exceeded memory limit"
                  + " \\((?<usedK>\\d+) > (?<limitK>\\d+)\\)"),
          kill(
              Platform.SLURM,
              Killer.SLURM,
              "memory limit, being killed",
              "memory",
              "(?:Step|Job) (?<name>[\\w.+]+) exceeded (?<limitK>\\d+) ?KB memory limit, being killed"),
          kill(
              Platform.SLURM,
              Killer.SLURM,
              " memory limit at some point",
              "memory",
              "Exceeded (?:job|step) memory limit at some point"),
          kill(
              Platform.SLURM,
              Killer.KERNEL_MEMCG,
              "OUT_OF_ME",
              "memory",
              "(?:^|[|\\s])(?<name>\\d+(?:_\\d+)?(?:\\.[\\w+]+)?)[|\\s].{0,160}?\\bOUT_OF_ME(?:MORY|\\+)"),
          kill(
              Platform.SLURM,
              Killer.KERNEL_MEMCG,
              "OUT_OF_MEMORY",
              "memory",
              "(?:\\bState: |JobState=)OUT_OF_MEMORY\\b"),
          // Amazon's container agent, and what its console and copilot quote.
          kill(
              Platform.ECS,
              Killer.KERNEL_MEMCG,
              "OutOfMemoryError: Container killed due to memory usage",
              "memory",
              "OutOfMemoryError: Container killed due to memory usage"),
          kill(
              Platform.ECS,
              Killer.KERNEL_MEMCG,
              "died due to OOM",
              "memory",
              "(?:container|process).{0,200}died due to OOM"),
          kill(
              Platform.DOCKER,
              Killer.KERNEL_MEMCG,
              "init was OOM-killed",
              "memory",
              "container init was OOM-killed"),
          // Heroku's router of logs; R14 only swaps.
          kill(
              Platform.HEROKU,
              Killer.HEROKU,
              "Error R15",
              "memory quota",
              "(?:heroku\\[(?<name>[\\w.-]{1,60})\\]: )?Error R15 \\(Memory quota vastly exceeded\\)"),
          kill(
                  Platform.HEROKU,
                  Killer.HEROKU,
                  "Error R14",
                  "memory quota",
                  "Error R14 \\(Memory quota exceeded\\)")
              .as(
                  EventKind.NO_KILL,
                  "A dyno above its memory quota swaps and is slow; Heroku ends it at twice the quota"
                      + " (R15)."),
          // Cloud Run, Cloud Functions and App Engine.
          kill(
              Platform.CLOUD_RUN,
              Killer.CLOUD_RUN,
              "exceeded with",
              "memory",
              "Memory limit of (?<limit>" + SIZE + ") exceeded with (?<used>" + SIZE + ") used"),
          kill(
              Platform.CLOUD_RUN,
              Killer.CLOUD_RUN,
              "memory limit exceeded",
              "memory",
              "memory limit exceeded\\. Function invocation was interrupted"
                  + "|Function (?:invocation was interrupted|cannot be initialized)\\. Error: memory limit exceeded"),
          kill(
                  Platform.CLOUD_RUN,
                  Killer.UNKNOWN,
                  "terminated on signal 9",
                  null,
                  "Container terminated on signal 9\\b")
              .as(
                  EventKind.KILLED,
                  "Signal 9 is SIGKILL; the text does not say that it was for memory."),
          kill(
              Platform.CLOUD_RUN,
              Killer.CLOUD_RUN,
              "using too much memory and was terminated",
              "memory",
              "container instance was found to be using too much memory and was terminated"),
          kill(
              Platform.APP_ENGINE,
              Killer.APP_ENGINE,
              "memory limit of",
              "memory",
              "Exceeded (?:soft|hard) (?:private )?memory limit of (?<limit>"
                  + SIZE
                  + ") with (?<used>"
                  + SIZE
                  + ") after servicing"),
          // Fly's runner, and its mail.
          kill(
              Platform.FLY,
              Killer.KERNEL,
              "oom_killed=true",
              null,
              "machine exited with exit code (?<status>\\d{1,3}),.{0,80} oom_killed=true"),
          kill(
              Platform.FLY,
              Killer.KERNEL,
              "appears to have been OOM killed",
              null,
              "Process appears to have been OOM killed"),
          kill(
              Platform.CRI_O,
              Killer.KERNEL_MEMCG,
              "msg=\"OOM killed container",
              "memory",
              "msg=\"OOM killed container\".{0,200}?containerID=\"?(?<container>\\w{3,64})"),
          // Nomad's docker driver.
          kill(
              Platform.NOMAD,
              Killer.KERNEL_MEMCG,
              "OOM ",
              "memory",
              "(?:Exit Code: (?<status>\\d+), (?:Signal: \\d+, )?)?(?:Exit Message: \\\\?\"|Exit Message: \\\\?\"Docker container )?"
                  + "(?:(?<=\")|exited with non-zero exit code: \\d+[,:;] \"?|(?<=Error: )\"?|[Mm]essage=\")OOM [Kk]illed"),
          kill(
              Platform.NOMAD,
              Killer.KERNEL_MEMCG,
              "oom_killed",
              "memory",
              "\\boom_killed\"?(?:=| ?: ?\"?)true"),
          // Cloud Foundry's cells; its buildpack's agent has a reader of its own.
          kill(
              Platform.CLOUD_FOUNDRY,
              Killer.KERNEL_MEMCG,
              "(out of memory)",
              "memory",
              "[Ee]xit(?:ed with)? status (?<status>\\d+) \\(out of memory\\)"),
          kill(
              Platform.CLOUD_FOUNDRY,
              Killer.KERNEL_MEMCG,
              "exit_description",
              "memory",
              "exit_description\"?(?:: ?|=>)\"?out of memory\\b"),
          // Linux 2.4.
          kill(
              null,
              Killer.KERNEL_GLOBAL,
              "VM: killing process ",
              "memory of the machine",
              "VM: killing process (?<name>[^\\s][^:]{0,15})$"),
          kill(
              Platform.FREEBSD,
              Killer.FREEBSD_KERNEL,
              "was killed: ",
              "memory of the machine",
              "pid (?<pid>\\d+) \\((?<name>[^)]{0,100})\\),(?: jid \\d+,)? uid \\d+,? was killed:"
                  + " (?<reason>failed to reclaim memory|out of swap space|a thread waited too long to"
                  + " allocate a page)"),
          kill(
              Platform.NETBSD,
              Killer.NETBSD_KERNEL,
              "killed: out of swap",
              "swap",
              "pid (?<pid>\\d+)\\.\\d+ \\((?<name>[^)]{0,100})\\), uid \\d+,? killed: (?<reason>out of swap)"),
          kill(
              Platform.OPENBSD,
              Killer.OPENBSD_KERNEL,
              "killed: out of swap",
              "swap",
              "pid (?<pid>\\d+) \\((?<name>[^)]{0,100})\\),(?: jid \\d+,)? uid \\d+,? killed: (?<reason>out of swap)"),
          // lmkd, and the driver of older kernels.
          kill(
              Platform.ANDROID,
              Killer.ANDROID_LMKD,
              "Kill '",
              "memory of the device",
              "Kill '(?<name>[^']{1,200})' \\((?<pid>\\d+)\\)(?:, uid \\d+)?(?:, (?:oom_(?:score_)?)?adj -?\\d+,?)?"
                  + " to free (?<usedK>\\d+)kB(?:[^;]{0,200}; reason: (?<reason>[^(]{1,120}))?"),
          kill(
              Platform.ANDROID,
              Killer.ANDROID_LMKD,
              "Killing '",
              "memory of the device",
              "Killing '(?<name>[^']{1,200})' \\((?<pid>\\d+)\\)(?: \\(tgid \\d+\\))?, adj -?\\d+"),
          kill(
              Platform.ANDROID,
              Killer.ANDROID_LMKD,
              "send sigkill to ",
              "memory of the device",
              "send sigkill to (?<pid>\\d+) \\((?<name>[^)]{0,100})\\), (?:oom_)?adj"),
          kill(
              Platform.CRI_O,
              Killer.KERNEL_MEMCG,
              "conmon ",
              "memory",
              "conmon (?<container>[0-9a-f]{6,64}) .{0,60}OOM (?:event )?received"));

  private Signatures() {}
}
