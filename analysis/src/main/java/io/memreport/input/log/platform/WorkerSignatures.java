// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

import static io.memreport.input.log.platform.Signature.kill;
import static io.memreport.input.log.platform.Signature.killed;

import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import java.util.List;

/** What supervisors, pools and build tools say of a process of theirs that was killed. */
final class WorkerSignatures {
  private static final String SIZE = "[\\d.]+ ?(?:[kKMGTP]i?)?[Bb]?";

  /** What stands before the message of a step: its name in a tree or a log, or none in YAML. */
  private static final String ARGO_STEP =
      "(?:(?:[\u2716\u26a0]|\\bnode) (?<name>[\\w.()-]{1,253}) .{0,400}|^(?:\"?message\"?: )?[\"']?)"
          + "(?:[\\w-]{1,80}: )?";

  static final List<Signature> ALL =
      List.of(
          // Hosted builds and small hosts, which say that it was memory.
          kill(
              Platform.BITBUCKET,
              Killer.KERNEL_MEMCG,
              "exceeded memory limit",
              "memory",
              "^Container '(?<name>[\\w.-]{1,80})' exceeded memory limit\\.?$"),
          kill(
              Platform.CIRCLECI,
              Killer.KERNEL_MEMCG,
              "exceeded the memory limit of",
              "memory",
              "Your build has exceeded the memory limit of (?<limit>"
                  + SIZE
                  + ") on \\d+ container"),
          kill(
              Platform.RENDER,
              Killer.KERNEL_MEMCG,
              "Ran out of memory (used over",
              "memory",
              "Ran out of memory \\(used over (?<limit>" + SIZE + ")\\b"),
          kill(
              Platform.VERCEL,
              Killer.KERNEL_MEMCG,
              "(\"OOM\") event was detected during the build",
              "memory",
              "At least one \"Out of Memory\" \\(\"OOM\"\\) event was detected during the build"),
          kill(
              Platform.DOCKER,
              Killer.KERNEL,
              "ResourceExhausted: process",
              null,
              "ResourceExhausted: process \"[^\\n]{1,400}\" did not complete successfully: cannot"
                  + " allocate memory"),
          kill(
              Platform.AZURE,
              Killer.KERNEL_MEMCG,
              "and reason 'OOMKilled'",
              "memory",
              "Container '(?<name>[\\w.-]{1,80})' was terminated with exit code '(?<status>\\d{1,3})' and"
                  + " reason 'OOMKilled'"),
          killed(
              Platform.AZURE,
              "was terminated with exit code '",
              "Container '(?<name>[\\w.-]{1,80})' was terminated with exit code '(?<status>137|143)'",
              null),
          killed(
              Platform.AZURE_FUNCTIONS,
              "WorkerProcessExitException",
              "WorkerProcessExitException ?: (?<name>[\\w./-]{1,200}) exited with code"
                  + " (?<status>137|143)\\b",
              null),
          killed(
              Platform.AZURE_FUNCTIONS,
              "/azure-functions-host/",
              "(?<name>/azure-functions-host/\\S{1,200}) exited with code (?<status>137|143)\\b",
              null),
          kill(
              Platform.KUBERNETES,
              Killer.KERNEL_MEMCG,
              "The previous instance of the container '",
              "memory",
              "The previous instance of the container '(?<name>[\\w.-]{1,80})'.{0,200} was OOMKilled"),
          killed(
              Platform.SPARK,
              "The executor with id ",
              "The executor with id (?<worker>\\d{1,9}) exited with exit code (?<status>137|143)\\b",
              "executor"),
          // Argo's tree of steps, its objects, and what its controller logs.
          kill(
              Platform.ARGO,
              Killer.KERNEL_MEMCG,
              "OOMKilled (exit code ",
              "memory",
              ARGO_STEP + "OOMKilled \\(exit code (?<status>\\d{1,3})\\)"),
          kill(
              Platform.ARGO,
              Killer.KERNEL_MEMCG,
              "OOMKilled (exit code ",
              "memory",
              "new\\.message=\"(?:[\\w-]{1,80}: )?OOMKilled \\(exit code (?<status>\\d{1,3})\\)"
                  + "(?:.{0,400} nodeID=(?<name>[\\w.-]{1,253}))?"),
          killed(
              Platform.ARGO,
              "Error (exit code 1",
              ARGO_STEP + "Error \\(exit code (?<status>137|143)\\)",
              null),
          kill(
              Platform.KUBERNETES,
              Killer.KERNEL_MEMCG,
              "Reason [OOMKilled]",
              "memory",
              "\\[(?<name>[\\w.-]{1,100})\\] terminated with exit code \\((?<status>\\d{1,3})\\)\\. Reason"
                  + " \\[OOMKilled\\]"),
          killed(
              Platform.KUBERNETES,
              "] terminated with exit code (",
              "\\[(?<name>[\\w.-]{1,100})\\] terminated with exit code \\((?<status>137|143)\\)",
              null),
          killed(
              Platform.KUBERNETES,
              "\"step-",
              "^\"(?<name>step-[\\w-]{1,80})\" exited with code (?<status>137|143)\\b",
              null),
          // Schedulers of clusters.
          kill(
              null,
              Killer.LSF,
              "TERM_MEMLIMIT",
              "memory",
              "TERM_MEMLIMIT: job killed after reaching LSF memory usage limit"),
          kill(
              null,
              Killer.PBS,
              "PBS: job killed: mem",
              "memory",
              "PBS: job killed: mem (?<usedK>\\d{1,15})kb exceeded limit (?<limitK>\\d{1,15})kb"),
          kill(
              null,
              Killer.HTCONDOR,
              "gone over memory limit of",
              "memory",
              "has gone over (?:cgroup )?memory limit of (?<limitM>\\d{1,12}) megabytes\\."
                  + "(?: (?:Peak|Last measured) usage: (?<usedM>\\d{1,12}) megabytes)?"),
          kill(
              null,
              Killer.PBS,
              "Job exceeded a memory resource limit",
              "memory",
              "^Job exceeded a memory resource limit \\("),
          killed(
              Platform.SLURM,
              ": Killed",
              "^(?:srun: )?error: [\\w.-]{1,80}: tasks? [\\d,-]{1,200}: (?<signal>Killed)$",
              null),
          // Ansible's result of a task.
          killed(
              null,
              "\"rc\": 1",
              "^(?:fatal|failed): .{0,4000}\"rc\": (?<status>137|143)[,}]",
              null),
          killed(
              null,
              " signal SIGKILL",
              "^npm (?:ERR!|error) signal (?<signal>SIGKILL)$",
              "command of npm"),
          // Grid Engine's shepherd.
          killed(
              Platform.GRID_ENGINE,
              "died through signal KILL",
              "\\bjob (?<worker>[\\d.]{1,30}) died through signal KILL \\((?<signal>9)\\)",
              "job"),
          // Swarm's tasks.
          killed(
              Platform.DOCKER,
              "task: non-zero exit (1",
              "(?:^|[\\s\"])task: non-zero exit \\((?<status>137|143)\\)",
              null),
          // Workers of Dataflow watch their own collections.
          kill(
                  null,
                  Killer.UNKNOWN,
                  "periods of measured GC thrashing",
                  "Java heap",
                  "Shutting down JVM after \\d{1,9} consecutive periods of measured GC thrashing\\."
                      + " Memory is used/total/max = (?<usedM>\\d{1,12})/\\d{1,12}/(?<limitM>\\d{1,12}) MB")
              .as(
                  EventKind.JAVA_OOM,
                  "The worker ended its JVM because collections took almost all of its time; nobody killed it"
                      + " for its memory."),
          // Supervisors that end a worker for what it holds.
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "PumaWorkerKiller: Out of memory",
                  "memory",
                  "PumaWorkerKiller: Out of memory\\. \\d{1,5} workers consuming total: (?<usedM>[\\d.]{1,20}) mb"
                      + " out of max: (?<limitM>[\\d.]{1,20}) mb\\."
                      + "(?: Sending TERM to (?:pid |#<Puma::Cluster::Worker:.{0,60}?@pid=)(?<pid>\\d{1,10}))?")
              .of("puma worker"),
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "exceeds memory limit (",
                  "memory",
                  "worker \\(pid: (?<pid>\\d{1,10})\\) exceeds memory limit \\((?<used>\\d{1,15}) bytes >"
                      + " (?<limit>\\d{1,15}) bytes\\)")
              .of("unicorn worker"),
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "exiting after exceeding memory limit",
                  "memory",
                  "child process exiting after exceeding memory limit \\((?<usedK>\\d{1,12})KiB /"
                      + " (?<limitK>\\d{1,12})KiB\\)")
              .of("celery worker"),
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "exceeds --max-memory-restart value",
                  "memory",
                  "Process (?<worker>\\d{1,6}) restarted because it exceeds --max-memory-restart value"
                      + " \\(current_memory=(?<used>\\d{1,15}) max_memory_limit=(?<limit>\\d{1,15})")
              .of("pm2 process"),
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "% memory budget. Restarting",
                  "memory",
                  "Worker \\S{1,100} \\(pid=(?<pid>\\d{1,10})\\) exceeded \\d{1,3}% memory budget\\. Restarting")
              .of("dask worker"),
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "% memory budget. ",
                  "memory",
                  "distributed\\.nanny\\S{0,20} - WARNING - Worker exceeded \\d{1,3}% memory budget\\. +Restarting")
              .of("dask worker"),
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "System memory low at node with IP ",
                  "memory",
                  "Used memory \\((?<used>[\\d.]{1,12}GB)\\) / total capacity \\([\\d.]{1,12}GB\\)"
                      + ".{0,60} exceeds threshold [\\d.]{1,9}, killing ")
              .of("ray task"),
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "node running low on memory",
                  "memory",
                  "Task was killed due to the node running low on memory")
              .of("ray task"),
          kill(
                  null,
                  Killer.SUPERVISOR,
                  "killed due to memory pressure (OOM)",
                  "memory",
                  "\\b[1-9]\\d{0,6} Workers \\(tasks / actors\\) killed due to memory pressure \\(OOM\\)")
              .of("ray worker"),
          kill(
              null,
              Killer.HTCONDOR,
              "put on hold by ",
              "memory",
              "put on hold by SYSTEM_PERIODIC_HOLD due to memory usage \\d"),
          kill(
              null,
              Killer.KERNEL_MEMCG,
              "Memory limit exceeded: Requested: ",
              "memory",
              "^Memory limit exceeded: Requested: (?<limit>"
                  + SIZE
                  + ") Maximum Used: (?<used>"
                  + SIZE
                  + ")"),
          // Open MPI, and what tells of ended jobs of Grid Engine.
          killed(
              Platform.MPI,
              "noticed that process rank ",
              "(?:mpirun|mpiexec|orterun|prterun) noticed that process rank (?<worker>\\d{1,9}) with PID"
                  + " (?:0|(?<pid>[1-9]\\d{0,9})) on node \\S{1,253} exited on (?<signal>signal 9) \\(Killed\\)",
              "MPI rank"),
          killed(
              Platform.GRID_ENGINE,
              "exit_status ",
              "^exit_status +(?<status>137|143)\\b",
              "Grid Engine job"),
          // Pools of workers know of a signal, or only that a worker is gone.
          killed(
              Platform.PLAYWRIGHT,
              "worker process exited unexpectedly (code=null",
              "worker process exited unexpectedly \\(code=null, ?signal=(?<signal>SIGKILL)\\)",
              "Playwright worker"),
          killed(
              Platform.PLAYWRIGHT,
              "worker process exited unexpectedly (code=null",
              "worker process exited unexpectedly \\(code=null, ?signal=(?<term>SIGTERM)\\)",
              "Playwright worker"),
          // Notebooks see only that a kernel is gone; that of Databricks knows its status.
          killed(
              Platform.JUPYTER,
              "KernelRestarter: restarting kernel (",
              "KernelRestarter: restarting kernel \\(\\d{1,3}/\\d{1,3}\\)",
              "Jupyter kernel"),
          killed(
              Platform.JUPYTER,
              "ppears to have died. It will restart automatically",
              "^(?:The )?[Kk]ernel (?:for .{1,400} )?appears to have died\\. It will restart automatically",
              "Jupyter kernel"),
          killed(
              Platform.JUPYTER,
              "DeadKernelError: Kernel died",
              "DeadKernelError: Kernel died\\s*$",
              "Jupyter kernel"),
          killed(
              Platform.JUPYTER,
              "The Kernel crashed while executing code",
              "^The Kernel crashed while executing code in the current cell or a previous cell\\.",
              "Jupyter kernel"),
          killed(
              Platform.DATABRICKS,
              "ython process exited with exit code 137",
              "The [Pp]ython process exited with exit code (?<status>137) ",
              "Python kernel"),
          killed(
              Platform.DATABRICKS,
              "driver has stopped unexpectedly and is restarting",
              "^The (?:spark )?driver has stopped unexpectedly and is restarting\\.",
              "Spark driver"),
          killed(
              Platform.PYTHON,
              "node down: Not properly terminated",
              "^(?:[\\d:.]{8,15} +)?\\[(?<worker>gw\\d{1,5})\\] node down: Not properly terminated",
              "pytest worker"),
          killed(
              Platform.PYTHON,
              "process in the process pool was terminated",
              "^(?:E +)?(?:[\\w.]{1,80}\\.)?BrokenProcessPool: A (?:child )?process in the process pool was"
                  + " terminated",
              "worker of a process pool"),
          killed(
              Platform.PYTHON,
              "exit codes of the workers are",
              "^The exit codes of the workers are \\{.{0,200}SIGKILL\\((?<signal>-9)\\)",
              "worker of joblib's pool"),
          killed(
              Platform.PYTHON,
              "is killed by signal: Killed",
              "DataLoader worker \\(pid\\(?s?\\)? (?<pid>\\d{1,10})\\) is (?<signal>killed) by signal:"
                  + " Killed",
              "DataLoader worker"),
          killed(
              Platform.PYTHON,
              "was sent SIGKILL! Perhaps out of memory?",
              "Worker \\(pid: ?(?<pid>\\d{1,10})\\) was sent (?<signal>SIGKILL)! Perhaps out of memory\\?",
              "gunicorn worker"),
          killed(
              Platform.PYTHON,
              "exited with 'signal 9 (SIGKILL)'",
              "Process '(?<worker>[\\w-]{1,60})' pid:(?<pid>\\d{1,10}) exited with 'signal 9"
                  + " \\((?<signal>SIGKILL)\\)'",
              "celery worker"),
          killed(
              Platform.PYTHON,
              "exited prematurely: signal 9 (SIGKILL)",
              "WorkerLostError: .{0,40}Worker exited prematurely: signal 9 \\((?<signal>SIGKILL)\\)",
              "celery worker"),
          killed(
              Platform.PYTHON,
              "Task exited with return code ",
              "Task exited with return code (?<signal>-9|Negsignal\\.SIGKILL)\\b",
              "airflow task"),
          killed(
              Platform.PYTHON,
              "terminated with exit code Negsignal.SIGKILL",
              "Process psutil\\.Process\\(pid=(?<pid>\\d{1,10}),.{0,200}\\) (?:\\(\\d{1,10}\\) )?terminated with"
                  + " exit code (?<signal>Negsignal\\.SIGKILL)",
              "airflow task"),
          killed(
              Platform.PYTHON,
              "exited unexpectedly",
              "DataLoader worker \\(pid\\(s\\) (?<pid>\\d{1,10})[\\d, ]{0,200}\\) exited unexpectedly",
              "DataLoader worker"),
          killed(
              Platform.POSTGRESQL,
              "was terminated by signal 9",
              "(?:server process|client backend|worker \"[^\"]{1,80}\"|[\\w ]{1,40} process)"
                  + " \\(PID (?<pid>\\d{1,10})\\) was terminated by (?<signal>signal 9)",
              "postgres"),
          killed(
              null,
              "Background ",
              "Background (?:saving|AOF rewrite) terminated by (?<signal>signal 9)\\b",
              "redis child that saves"),
          killed(
              null,
              "jest worker process (pid=",
              "jest worker process \\(pid=(?<pid>\\d{1,10})\\) was terminated by another process:"
                  + " signal=(?<signal>SIGKILL)\\b",
              "jest worker"),
          killed(
              null,
              "jest worker process (pid=",
              "jest worker process \\(pid=(?<pid>\\d{1,10})\\) was terminated by another process:"
                  + " signal=(?<term>SIGTERM)\\b",
              "jest worker"),
          killed(
              Platform.BROWSER,
              "Renderer process just crashed",
              "^(?:\\[\\d{1,3}\\] )?We detected that the (?<worker>Chromium|Chrome|Electron) Renderer process just"
                  + " crashed",
              "renderer of"),
          killed(
              Platform.BROWSER,
              "process gone (reason: killed",
              "(?<worker>renderer|render|utility|extensionHost) process gone \\(reason: (?<signal>killed), code: 9\\b",
              "Electron process"),
          killed(
              null,
              "terminated with an error exit status (",
              "Process `(?<worker>[^`]{1,100})` terminated with an error exit status"
                  + " \\((?<status>137|143)\\)",
              "process"),
          killed(
              null,
              "died with <Signals.",
              "Command '?\\[?'?(?<name>[^' ,\\]]{1,200})[^\\n]{0,4000}? died with"
                  + " <Signals\\.(?<signal>SIGKILL): 9>",
              null),
          // Tools of builds.
          killed(
              null,
              "The build process was killed (",
              "The build process was killed \\(i\\.e\\. (?<signal>SIGKILL)\\)",
              "build process of Cabal"),
          killed(
              null,
              "ExitFailure (-9)",
              "^Process exited with code: ExitFailure \\((?<signal>-9)\\)",
              "build process of Stack"),
          killed(
              null,
              "ommand was killed with SIGKILL (",
              "\\bCommand was killed with (?<signal>SIGKILL) \\([\\w ]{1,30}\\): (?<name>[^\\s:]{1,100})",
              null),
          killed(
              null,
              "Process terminated by signal",
              "Process terminated by signal\\..{0,300}signal_name\"?[=:] ?\"(?<signal>SIGKILL)\"",
              "airflow task"),
          killed(
              null,
              "Containers are terminated with exit codes: {",
              "Containers are terminated with exit codes: \\{[^}]{0,200}?(?<name>[\\w.-]{1,100})=(?<status>137)\\b",
              null),
          killed(
              null,
              "exited with SIGKILL",
              "Error: Command \"(?<name>[^\" ]{1,100})[^\"]{0,300}\" exited with (?<signal>SIGKILL)",
              null),
          killed(
              null,
              " got signal 9",
              "<-- worker (?<pid>\\d{1,10}) got (?<signal>signal 9)\\b",
              "stress worker"),
          killed(
              null,
              "] Error 1",
              "^make(?:\\[\\d{1,3}\\])?: \\*\\*\\* \\[(?:[^\\]]{1,200}: )?(?<worker>[^\\]:]{1,100})\\] Error"
                  + " (?<status>137|143)\\b",
              "recipe of"),
          killed(
              null,
              "exited with code 1",
              "^(?!(?:process|container|command|worker|child|job|task|build|it|script|program) )"
                  + "(?<name>[a-z0-9][\\w.-]{0,100}) exited with code (?<status>137|143)$",
              null),
          // What shells say of a job; the last two forms are zsh's.
          killed(
              null,
              " Killed",
              "^\\[\\d{1,5}\\][+ -]{1,4}(?:(?<pid>\\d{1,10}) )?(?<signal>Killed)(?:: 9)? {2,40}(?<name>[^\\s\"]{1,200})",
              null),
          killed(
              null,
              " killed ",
              "^(?:zsh: |\\[\\d{1,5}\\] [ +-]{1,4}(?<pid>\\d{1,10}) )(?<signal>killed) {2,40}(?<name>[^\\s\"]{1,200})",
              null),
          killed(null, "Killed", "^(?<signal>Killed)(?:: 9)?$", null),
          killed(
              null,
              "terminated by SIGKILL",
              "(?:exited: |^)(?<worker>[\\w.:-]{1,80}) \\(terminated by (?<signal>SIGKILL)",
              "program"),
          killed(
              null,
              "via signal [SIGKILL]",
              "App \\[(?<worker>[\\w.-]{1,80}):\\d{1,5}\\] exited with code \\[\\d{0,3}\\] via signal"
                  + " \\[(?<signal>SIGKILL)\\]",
              "app"),
          killed(
              null,
              "Killed signal terminated program ",
              "fatal error: (?<signal>Killed) signal terminated program (?<name>[\\w.+-]{1,40})",
              null),
          killed(
              null,
              "internal compiler error: Killed (program ",
              "internal compiler error: (?<signal>Killed) \\(program (?<name>[\\w.+-]{1,40})\\)",
              null),
          killed(
              null,
              "terminated with signal 9 [Killed]",
              "fatal error: (?<name>[\\w.+-]{1,40}) terminated with (?<signal>signal 9) \\[Killed\\]",
              null),
          killed(
              null,
              "(signal: 9, SIGKILL: kill)",
              "process didn't exit successfully: `(?<name>[^` ]{1,200})[^`]{0,4000}` \\((?<signal>signal:"
                  + " 9), SIGKILL: kill\\)",
              null));

  private WorkerSignatures() {}
}
