// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.verdict.Confidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools, supervisors and compilers whose process was killed, and hosts that say it was memory. */
class WorkerKillsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[gw3] node down: Not properly terminated | pytest worker gw3 | |",
        "11:02:03  [gw3] node down: Not properly terminated | pytest worker gw3 | |",
        "concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly | worker of a process pool | |",
        "The exit codes of the workers are {SIGKILL(-9), EXIT(0)} | worker of joblib's pool | | 137",
        "RuntimeError: DataLoader worker (pid 55) is killed by signal: Killed. | DataLoader worker | 55 | 137",
        "[2026-01-02 03:04:05 +0000] [1] [ERROR] Worker (pid:55) was sent SIGKILL! Perhaps out of memory? | gunicorn worker | 55 | 137",
        "Process 'ForkPoolWorker-2' pid:55 exited with 'signal 9 (SIGKILL)' | celery worker ForkPoolWorker-2 | 55 | 137",
        "2026-01-02 03:04:05.006 UTC [1] LOG:  server process (PID 55) was terminated by signal 9: Killed | postgres | 55 | 137",
        "2026-01-02 03:04:05,006 INFO exited: shop_00 (terminated by SIGKILL; not expected) | program shop_00 | | 137",
        "c++: fatal error: Killed signal terminated program cc1plus | cc1plus | | 137",
        "collect2: fatal error: ld terminated with signal 9 [Killed] | ld | | 137",
        "  process didn't exit successfully: `/opt/rust/bin/rustc --edition=2021 a.rs` (signal: 9, SIGKILL: kill) | rustc | | 137",
        "/tmp/run.sh: line 7:    55 Killed                  /usr/bin/mvn -B verify | mvn | 55 | 137",
        "/tmp/run.sh: line 7:    55 Killed                  exec \"$JAVA\" -jar x.jar | | 55 | 137",
        "/tmp/run.sh: line 7:    55 Killed                  ${cmd} \"$@\" | | 55 | 137",
        "/tmp/run.sh: line 7:    55 Killed                  \"${JAVA_HOME}/bin/java\" -jar x.jar | java | 55 | 137",
        "/tmp/run.sh: line 7:    55 Killed                  CI=1 A=b sudo node x.js | node | 55 | 137",
        "./run.sh: line 7: 55 Killed: 9               clang++ -O2 a.cc | clang++ | 55 | 137",
        "[1]+  Killed                  java -jar x.jar | java | | 137",
        "[1]+  Killed                  $JAVA -jar x.jar | | | 137",
        "[1]  + 55 killed     java -jar x.jar | java | 55 | 137",
        "zsh: killed     /opt/jdk/bin/java -jar x.jar | java | | 137",
        "A jest worker process (pid=55) was terminated by another process: signal=SIGKILL, exitCode=null. | jest worker | 55 | 137",
        "We detected that the Electron Renderer process just crashed. | renderer of Electron | | ",
        "[main 2026-01-02] CodeWindow: renderer process gone (reason: killed, code: 9) | Electron process renderer | | 137",
        "  Process `FASTQC (a)` terminated with an error exit status (137) | process FASTQC (a) | | 137",
        "subprocess.CalledProcessError: Command '['mvn', 'verify']' died with <Signals.SIGKILL: 9>. | mvn | | 137",
        "Error: Command \"npm run build\" exited with SIGKILL | npm | | 137",
        "stress: FAIL: [168] (425) <-- worker 55 got signal 9 | stress worker | 55 | 137",
        "7:M 05 Jul 21:01:55.090 # Background saving terminated by signal 9 | redis child that saves | | 137",
        "srun: error: node7: task 0: Killed | | | 137",
        "fatal: [h1]: FAILED! => {\"changed\": true, \"cmd\": [\"java\"], \"rc\": 137, \"msg\": \"non-zero return code\"} | | | 137",
        "npm ERR! signal SIGKILL | command of npm | | 137",
        "srun: error: node7: tasks 0-3,5: Killed | | | 137",
        "failed 100 : assumedly after job because: job 4123.1 died through signal KILL (9) | job 4123.1 | | 137",
        "ab   shop.1   shop:3  n1    Shutdown       Failed 3 minutes ago   \"task: non-zero exit (137)\" | | | 137",
        "The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM). | executor 3 | | 137",
        "Container 'web' was terminated with exit code '137' and reason 'ProcessExited' | web | | 137",
        "shop-1 exited with code 137 | shop-1 | | 137",
        "make: *** [Makefile:3: test] Error 137 | recipe of test | | 137",
        "\"step-build\" exited with code 137 (image: \"maven\"); for logs run: kubectl logs | step-build | | 137",
        "[f8107735c673549d7acd-n0-0] terminated with exit code (137). Reason [Error]. Message: | f8107735c673549d7acd-n0-0 | | 137",
        "[2026-05-10] INFO - Task exited with return code -9. For more information, see | airflow task | | 137",
        "INFO - Process psutil.Process(pid=55, status='terminated') (55) terminated with exit code Negsignal.SIGKILL | airflow task | 55 | 137",
        "RuntimeError: DataLoader worker (pid(s) 55, 56) exited unexpectedly | DataLoader worker | 55 | ",
        "Command execution failed.: Process exited with an error: 137 (Exit value: 137) -> [Help 1] | | | 137",
        "Microsoft.Azure.WebJobs.Script.Workers.WorkerProcessExitException : python exited with code 137 | python | | 137",
        "prterun noticed that process rank 3 with PID 55 on node n1 exited on signal 9 (Killed). | MPI rank 3 | 55 | 137",
        "mpirun noticed that process rank 3 with PID 0 on node n1 exited on signal 9 (Killed). | MPI rank 3 | | 137",
        "exit_status  137                  (Killed) | Grid Engine job | | 137",
        "Error: worker process exited unexpectedly (code=null, signal=SIGKILL) | Playwright worker | | 137",
        "[I 03:04:05.678 LabApp] KernelRestarter: restarting kernel (1/5), keep random ports | Jupyter kernel | |",
        "The kernel for shop.ipynb appears to have died. It will restart automatically. | Jupyter kernel | |",
        "nbclient.exceptions.DeadKernelError: Kernel died | Jupyter kernel | |",
        "The Kernel crashed while executing code in the current cell or a previous cell. | Jupyter kernel | |",
        "Fatal error: The Python process exited with exit code 137 (SIGKILL: Killed). | Python kernel | | 137",
        "The spark driver has stopped unexpectedly and is restarting. Your notebook will be reattached. | Spark driver | |",
        "process to end: The build process was killed (i.e. SIGKILL). The reason may be | build process of Cabal | | 137",
        "Process exited with code: ExitFailure (-9) (THIS MAY BE) | build process of Stack | | 137",
        "3:04:05 PM: Command was killed with SIGKILL (Forced termination): hugo --minify | hugo | | 137",
        "Process terminated by signal. See: signal=-9: signal_name=\"SIGKILL\": source=\"task\" | airflow task | | 137",
        "Containers are terminated with exit codes: {jnlp=0, maven=137} | maven | | 137",
        "The command '/bin/sh -c mvn verify' returned a non-zero code: 137 | | | 137",
        "Build failed running assets: Subprocess return code: 137 | | | 137",
        "/azure-functions-host/workers/bin/FunctionsNetHost exited with code 137 (0x89) | FunctionsNetHost | | 137",
      })
  void a_worker_is_gone(String line, String name, Long pid, Integer status) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(event.victim() == null ? null : event.victim().name()).isEqualTo(name);
    assertThat(event.victim() == null ? null : event.victim().pid()).isEqualTo(pid);
    assertThat(event.exitStatus()).isEqualTo(status);
    assertThat(LogDiagnosis.explain(event).confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(LogDiagnosis.explain(event).headline())
        .hasSizeLessThanOrEqualTo(90)
        .contains(status == null ? "went away" : "status 137");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/tmp/run.sh: line 7:  55 Killed    mvn -B verify | mvn (pid 55) was killed with status 137; who did it, and why, is not in this text.",
        "/tmp/run.sh: line 7:  55 Killed    $cmd | Process 55 was killed with status 137; who did it, and why, is not in this text.",
        "The exit codes of the workers are {SIGKILL(-9)} | The worker of joblib's pool was killed with status 137.",
        "The executor with id 3 exited with exit code 137 | Executor 3 was killed with status 137; who did it, and why, is not in this text.",
        "Container 'web' was terminated with exit code '137' | Container web was killed with status 137; who did it, and why, is not in this text.",
        "A jest worker process (pid=55) was terminated by another process: signal=SIGTERM, exitCode=null. | The jest worker (pid 55) was asked to end (SIGTERM, status 143).",
        "Killed | A process was killed with status 137; who did it, and why, is not in this text.",
        "Killed: 9 | A process was killed with status 137; who did it, and why, is not in this text.",
      })
  void the_headline_has_one_subject(String line, String headline) {
    assertThat(LogDiagnosis.explain(Logs.only(line + "\n")).headline()).isEqualTo(headline);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prterun noticed that process rank 3 with PID 5 on node n1 exited on signal 9 (Killed). | MPI | sacct",
        "exit_status  137 | GRID_ENGINE | h_vmem",
        "worker process exited unexpectedly (code=null, signal=SIGTERM) | PLAYWRIGHT | --workers",
        "DeadKernelError: Kernel died | JUPYTER | faulthandler",
        "The Python process exited with exit code 137 (x). | DATABRICKS | driver",
        "##[error]Process completed with exit code 137. | GITHUB | if: always()",
        "The runner has received a shutdown signal. This can happen when it is stopped. | GITHUB | timeout-minutes",
        "ERROR: Job failed: exit code 137 | GITLAB | config.toml",
        "The command \"mvn verify\" exited with 137. | TRAVIS | after_script",
        "Exited with code exit status 137 | CIRCLECI | resource_class",
      })
  void where_it_ran_knows_more(String line, Platform platform, String advice) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.platform()).isEqualTo(platform);
    assertThat(LogDiagnosis.explain(event).advice().toString()).contains(advice);
  }

  /** Others than GitHub mark their errors so, too. */
  @Test
  void an_agent_of_azure_is_no_runner_of_github() {
    LogEvent event =
        Logs.only(
            "##[error]Exit code 137 returned from process: file name '/usr/bin/docker', arguments 'exec x'.\n");
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.platform()).isNull();
  }

  /** MPICH tells of the process in one line and of its end in the next. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PID 55 RUNNING AT n1 | EXIT CODE: 9 | MPI process",
        "RANK 3 PID 55 RUNNING AT n1 | KILLED BY SIGNAL: 9 (Killed) | MPI rank 3",
        "RANK 3 PID 55 RUNNING AT n1 | EXIT CODE: 137 | MPI rank 3",
      })
  void mpich_draws_a_box(String process, String end, String name) {
    String box =
        "=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES\n=   %s\n=   %s\n"
            .formatted(process, end);
    LogEvent event = Logs.only("====\n" + box + "=   CLEANING UP\n");
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.platform()).isEqualTo(Platform.MPI);
    assertThat(event.exitStatus()).isEqualTo(137);
    assertThat(event.victim().name()).isEqualTo(name);
    assertThat(event.victim().pid()).isEqualTo(55);
    assertThat(Logs.only(box + box.replace("55", "56")).victims()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES\n=   PID 55 RUNNING AT n1\n=   EXIT CODE: 1",
        "=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES\n=   PID 55 RUNNING AT n1\n=   KILLED BY SIGNAL: 6 (Aborted)",
        "=   PID 55 RUNNING AT n1\n=   EXIT CODE: 9",
        "mpirun noticed that process rank 3 with PID 55 on node n1 exited on signal 6 (Aborted).",
        "worker process exited unexpectedly (code=null, signal=SIGSEGV)",
        "worker process exited unexpectedly (code=7, signal=null)",
        "The Python process exited with exit code 134 (SIGABRT: Aborted).",
        "exit_status  0",
        "Containers are terminated with exit codes: {jnlp=127}",
        "Command was killed with SIGINT (User interruption): hugo",
        "Process exited with code: ExitFailure 1",
        "kernel died out in the north",
      })
  void another_end_is_no_kill(String lines) {
    assertThat(Logs.events(lines + "\n")).isEmpty();
  }

  @Test
  void an_executor_of_spark_is_told_of_its_overhead() {
    String lost =
        "The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM).\n";
    LogEvent full = Logs.only(lost + "exit code: 137\ntermination reason: OOMKilled\n");
    assertThat(full.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(full.platform()).isEqualTo(Platform.SPARK);
    assertThat(full.victim().name()).isEqualTo("executor 3");
    LogEvent unknown = Logs.only(lost + "termination reason: Error\n");
    assertThat(unknown.kind()).isEqualTo(EventKind.KILLED);
    for (LogEvent event : new LogEvent[] {full, unknown}) {
      assertThat(LogDiagnosis.explain(event).advice().get(0)).contains("memoryOverhead");
    }
    assertThat(LogDiagnosis.explain(Logs.only("Command exited with code 52\n")).advice().get(0))
        .contains("spark.executor.memory,");
  }

  @Test
  void a_page_that_crashed_for_memory_is_one_event() {
    LogEvent event =
        Logs.only(
            """
            [871:0729/021001.695932:FATAL:memory.cc(22)] Out of memory. size=262144
            We detected that the Chromium Renderer process just crashed.
            """);
    assertThat(event.kind()).isEqualTo(EventKind.REFUSED);
    assertThat(event.signs()).hasSize(2);
  }

  @Test
  void a_machine_of_fly_says_it_twice() {
    LogEvent event =
        Logs.only(
            """
            2026-10-07T11:37:16Z app[28] cdg [info][  258.930660] Out of memory: Killed process 476 (beam.smp) total-vm:38749148kB, anon-rss:32433276kB, file-rss:4kB, shmem-rss:135308kB, UID:65534 pgtables:64504kB oom_score_adj:0
            2026-10-07T11:37:18Z app[28] cdg [info] INFO Process appears to have been OOM killed!
            2026-10-07T11:37:22Z app[28] cdg [info]Out of memory: Killed process
            """);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.platform()).isEqualTo(Platform.FLY);
    assertThat(event.victim().pid()).isEqualTo(476);
    assertThat(LogDiagnosis.explain(event).advice().get(0)).contains("fly scale memory");
  }

  @Test
  void the_eviction_manager_evicts_for_what_it_said_last() {
    String log =
        """
        Jun 02 04:11:09 n1 kubelet[7]: I0602 04:11:09.2 7 eviction_manager.go:355] "Eviction manager: must evict pod(s) to reclaim" resourceName="%s"
        Jun 02 04:11:12 n1 kubelet[7]: I0602 04:11:12.0 7 eviction_manager.go:595] "Eviction manager: pod is evicted successfully" pod="sre/shop-1"
        """;
    LogEvent event = Logs.only(log.formatted("memory"));
    assertThat(event.killer()).isEqualTo(Killer.KUBELET);
    assertThat(event.victim().name()).isEqualTo("sre/shop-1");
    assertThat(Logs.events(log.formatted("ephemeral-storage"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PumaWorkerKiller: Rolling Restart. 2 workers consuming total: 400.1 mb. Sending TERM to pid 77.",
        "PumaWorkerKiller: Consuming 457.4599609375 mb with master and 2 workers",
        "machine exited with exit code 0, not restarting, oom_killed=false",
        "oom_kill 0",
        "kube_pod_container_status_last_terminated_reason{container=\"web\",reason=\"OOMKilled\"} 0",
        "Killed all mutants",
        "A jest worker process (pid=55) was terminated by another process: signal=SIGBUS, exitCode=null.",
        "E   and: '[gw0] node down: Not properly terminated'",
        "The exit codes of the workers are {EXIT(1)}",
        "RuntimeError: DataLoader worker (pid 55) is killed by signal: Segmentation fault.",
        "LOG:  server process (PID 55) was terminated by signal 11: Segmentation fault",
        "INFO exited: shop_00 (exit status 1; not expected)",
        "Container 'Build' exceeded memory limits that we had set in our wiki",
        "# Container 'Build' exceeded memory limit.",
        "Your build has exceeded the time limit of 4h on 1 container.",
        "The step has gone over memory limits of the plan",
        "Container 'web' was terminated with exit code '1' and reason 'Error'",
      })
  void what_ends_otherwise_is_none(String line) {
    assertThat(Logs.events(line + "\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Container 'docker' exceeded memory limit. | kernel-memcg | bitbucket | docker | |",
        "Your build has exceeded the memory limit of 4G on 1 container. | kernel-memcg | circleci | | 4096 |",
        "Instance failed: Ran out of memory (used over 512MB) while running your code. | kernel-memcg | render | | 512 |",
        "ERROR: failed to solve: ResourceExhausted: process \"/bin/sh -c npm ci\" did not complete successfully: cannot allocate memory | kernel | docker | | |",
        "Container 'web' was terminated with exit code '137' and reason 'OOMKilled' | kernel-memcg | azure | web | |",
        "12m  Warning  PreviousContainerWasOOMKilled  pod/a-1  The previous instance of the container 'web' (a-1_4) was OOMKilled | kernel-memcg | kubernetes | web | |",
        "1s  Warning  CgroupOOM  kubelet  Cgroup OOM encountered, victim process: java, pid: 55 | kernel-memcg | kubernetes | java | |",
        "May 10 10:11:12 n1 conmon[7]: conmon ad41a2b86a0e <ninfo>: OOM event received | kernel-memcg | cri-o | | |",
        "time=\"2026-01-02T03:04:05Z\" level=info msg=\"OOM killed container\" containerID=ad41a2 | kernel-memcg | cri-o | | |",
        "2026-01-02T03:04:05Z runner[28] ams [info]machine exited with exit code 137, not restarting, oom_killed=true | kernel | fly | | |",
        " INFO Process appears to have been OOM killed! | kernel | fly | | |",
        "Job exceeded a memory resource limit (vmem, pvmem, etc.). Job was aborted | pbs | | | |",
        "VM: killing process shopd | kernel-global | | shopd | |",
        "oom_kill 2 | kernel | | | |",
        "[a-n0-0] terminated with exit code (137). Reason [OOMKilled]. Message: | kernel-memcg | kubernetes | a-n0-0 | |",
        "orders-0   0/1     OOMKilled   3 (12s ago)   5m | kernel-memcg | kubernetes | orders-0 | |",
        "shop   orders-0   0/1     OOMKilled   3 (12s ago)   5m | kernel-memcg | kubernetes | orders-0 | |",
        "x{namespace=\"shop\",container=\"web\",reason=\"OOMKilled\"} 1 | kernel-memcg | kubernetes | web | |",
        "[5] PumaWorkerKiller: Out of memory. 2 workers consuming total: 600.5 mb out of max: 512 mb. Sending TERM to pid 55 consuming 182.8 mb. | supervisor | | puma worker | 512 | 600",
        "#<WorkerKiller>: worker (pid: 55) exceeds memory limit (1073741824 bytes > 536870912 bytes) | supervisor | | unicorn worker | 512 | 1024",
        "child process exiting after exceeding memory limit (1048576KiB / 524288KiB) | supervisor | | celery worker | 512 | 1024",
        "Process 3 restarted because it exceeds --max-memory-restart value (current_memory=1073741824 max_memory_limit=536870912 [octets]) | supervisor | | pm2 process 3 | 512 | 1024",
        "distributed.nanny - WARNING - Worker tcp://10.0.0.1:80 (pid=55) exceeded 95% memory budget. Restarting... | supervisor | | dask worker | |",
        "ray.exceptions.OutOfMemoryError: Task was killed due to the node running low on memory. | supervisor | | ray task | |",
        "TERM_MEMLIMIT: job killed after reaching LSF memory usage limit. | lsf | | | |",
        "=>> PBS: job killed: mem 2097153kb exceeded limit 2097152kb | pbs | | | 2048 | 2048",
        "Error from slot1: Job has gone over memory limit of 1024 megabytes. Peak usage: 1100 megabytes. | htcondor | | | 1024 | 1100",
        "I lowmemorykiller: Kill 'com.acme.game' (55), adj 900, to free 102400kB | android-lmkd | android | com.acme.game | |",
      })
  void the_platform_says_that_it_was_memory(
      String line, String killer, String platform, String name, Long limit, Long used) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(event.killer().label()).isEqualTo(killer);
    assertThat(event.platform() == null ? null : event.platform().label()).isEqualTo(platform);
    assertThat(event.victim() == null ? null : event.victim().name()).isEqualTo(name);
    assertThat(event.limit() == null ? null : Long.valueOf(event.limit().limitBytes() >> 20))
        .isEqualTo(limit);
    assertThat(
            event.limit() == null || event.limit().usageBytes() == null
                ? null
                : Long.valueOf(event.limit().usageBytes() >> 20))
        .isEqualTo(used);
    assertThat(LogDiagnosis.explain(event).advice()).isNotEmpty();
    assertThat(LogDiagnosis.explain(event).headline()).hasSizeLessThanOrEqualTo(90);
  }

  @Test
  void a_backend_that_the_kernel_killed_is_one_event() {
    LogEvent event =
        Logs.only(
            """
            Jan 02 03:04:05 h kernel: Out of memory: Killed process 55 (postgres) total-vm:9000kB, anon-rss:8000kB, file-rss:4kB
            Jan 02 03:04:06 h postgres[1]: [3-1] LOG:  server process (PID 55) was terminated by signal 9: Killed
            """);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.signs()).hasSize(2);
  }

  @Test
  void nomad_calls_each_sigkill_out_of_memory() {
    String killed =
        "2026-04-21T15:32:50Z  Terminated  Exit Code: 137, Exit Message: \"OOM Killed (137)\"\n";
    assertThat(Logs.only(killed).kind()).isEqualTo(EventKind.OOM_KILL);
    LogEvent asked =
        Logs.only(
            killed
                + "2026-04-21T15:32:44Z  Killing     Sent interrupt. Waiting 5s before force killing\n");
    assertThat(asked.kind()).isEqualTo(EventKind.KILLED);
    assertThat(asked.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(asked.platform()).isEqualTo(Platform.NOMAD);
    LogEvent withoutText =
        Logs.only("2026-04-21T15:32:44Z  Killing     Sent interrupt. Waiting 5s before\n" + killed);
    assertThat(withoutText.kind()).isEqualTo(EventKind.OOM_KILL);
  }

  @Test
  void the_oldest_words_of_earlyoom() {
    LogEvent event =
        Logs.only(
            """
            mem avail: 900 MiB (10 %), swap free: 5 MiB (1 %)
            Out of memory! avail: 3 MiB < min: 500 MiB
            Killing process 55 tail
            mem avail: 4000 MiB (50 %), swap free: 5 MiB (1 %)
            """);
    assertThat(event.killer()).isEqualTo(Killer.EARLYOOM);
    assertThat(event.victim().pid()).isEqualTo(55);
    assertThat(event.victim().name()).isEqualTo("tail");
    assertThat(LogDiagnosis.explain(event).headline()).startsWith("earlyoom killed tail (pid 55)");
    assertThat(Logs.events("Killing process 55 tail\n")).isEmpty();
    assertThat(
            Logs.events(
                "Out of memory! avail: 3 MiB < min: 500 MiB\n"
                    + "x\n".repeat(5)
                    + "Killing process 55 tail\n"))
        .isEmpty();
    String asks =
        "Low memory! mem avail: 300 of 5000 MiB (6) % <= min 10 %, swap free: 0 of 0 MiB (0 %)\n"
            + "Invoking oom killer: done\n";
    assertThat(Logs.only(asks + asks).killer()).isEqualTo(Killer.KERNEL_SYSRQ);
  }

  @Test
  void a_pod_is_named_before_or_behind_its_state() {
    String yaml =
        """
            lastState:
              terminated:
                exitCode: 137
                finishedAt: "2026-02-03T10:11:12Z"
                reason: OOMKilled
            name: shop
        """;
    assertThat(Logs.only(yaml).victim().name()).isEqualTo("shop");
    String described =
        """
          shop:
            Container ID:   containerd://71
            Last State:     Terminated
              Reason:       OOMKilled
              Exit Code:    137
        """;
    LogEvent event = Logs.only(described);
    assertThat(event.victim().name()).isEqualTo("shop");
    assertThat(LogDiagnosis.explain(event).headline()).contains("container shop");
    assertThat(
            Logs.only(
                    "ERROR: Job failed: container \"build\" terminated: exit code: 137, reason: 'OOMKilled'\n")
                .victim()
                .name())
        .isEqualTo("build");
    assertThat(
            Logs.only(
                    "LastState: map[terminated:map[exitCode:137 reason:OOM Killed startedAt:x]]\n")
                .kind())
        .isEqualTo(EventKind.OOM_KILL);
  }

  @Test
  void slurm_and_its_shell_name_step_and_program() {
    LogEvent event =
        Logs.only(
            """
            /spool/job7/slurm_script: line 2: 55 Killed                  ./solver --all
            slurmstepd: error: Detected 1 oom-kill event(s) in StepId=7.batch cgroup. Some of your processes may have been killed
            """);
    assertThat(event.victim().name()).isEqualTo("solver");
    assertThat(event.victim().pid()).isEqualTo(55);
    assertThat(event.detail()).contains("job or step 7.batch");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
  }

  @Test
  void a_line_that_repeats_is_one_sign() {
    String line = "slurmstepd: error: Detected 1 oom-kill event(s) in StepId=7.0. Some of your\n";
    assertThat(Logs.only(line + line + line).signs()).hasSize(1);
  }

  @Test
  void yarn_breaks_its_message() {
    LogEvent event =
        Logs.only(
            """
            for appattempt_7_0001_000002 exited with exitCode: 143 due to: Container
            [pid=55,containerID=container_7_0001_02_000001] is running beyond physical memory limits.
            Current usage: 1.5 GB of 1 GB physical memory used; 19.8 GB of 2.1 GB virtual memory used. Killing container.
            """);
    assertThat(event.killer()).isEqualTo(Killer.YARN_NODEMANAGER);
    assertThat(event.victim().pid()).isEqualTo(55);
    assertThat(event.limit().limitBytes()).isEqualTo(1L << 30);
  }

  @Test
  void a_unit_and_the_kernel_that_follows_are_one_event() {
    String unit =
        "Jun 19 16:23:32 h systemd[9]: shop.scope: The kernel OOM killer killed some processes in this unit.\n";
    String kernel =
        """
        Jun 19 16:23:%s h kernel: x invoked oom-killer: gfp_mask=0x1, order=0, oom_score_adj=0
        Jun 19 16:23:%s h kernel: oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/user.slice/%s,task=java,pid=55,uid=1
        Jun 19 16:23:%s h kernel: Out of memory: Killed process 55 (java) total-vm:9000kB, anon-rss:8000kB, file-rss:4kB
        """;
    LogEvent event = Logs.only(unit + kernel.formatted("33", "33", "shop.scope", "33"));
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.detail()).contains("The service manager names the unit shop.scope.");
    assertThat(event.signs()).anyMatch(sign -> sign.text().contains("killed some processes"));
    assertThat(Logs.events(unit + kernel.formatted("33", "33", "other.scope", "33"))).hasSize(2);
    assertThat(Logs.events(unit + kernel.formatted("36", "36", "shop.scope", "36"))).hasSize(2);
  }

  @Test
  void a_report_in_yaml_with_the_latest_line_first_is_one_event() {
    LogEvent event =
        Logs.only(
            """
            - jsonPayload:
                MESSAGE: 'Memory cgroup out of memory: Killed process 55 (java) total-vm:9000kB, anon-rss:8000kB, file-rss:4kB, shmem-rss:0kB'
            - jsonPayload:
                MESSAGE: 'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=x,mems_allowed=0,oom_memcg=/pods/a,task_memcg=/pods/a/b,task=java,pid=55,uid=0'
            - jsonPayload:
                MESSAGE: 'memory: usage 524288kB, limit 524288kB, failcnt 12'
            - jsonPayload:
                MESSAGE: 'java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=987'
            """);
    assertThat(event.victim().anonBytes()).isEqualTo(8000L << 10);
    assertThat(event.limit().limitBytes()).isEqualTo(512L << 20);
    assertThat(event.limitCgroup()).isEqualTo("/pods/a");
    assertThat(event.trigger().name()).isEqualTo("java");
  }

  @Test
  void two_kills_without_times_stay_two() {
    String kill =
        "Out of memory: Killed process %d (java) total-vm:9kB, anon-rss:8kB, file-rss:4kB\n";
    assertThat(Logs.events(kill.formatted(55) + kill.formatted(56))).hasSize(2);
    assertThat(
            Logs.events(
                "Out of memory: Killed process 55 (java)\n"
                    + "INFO another line of the shop\n".repeat(500)
                    + "Out of memory: Killed process 55 (java)\n"))
        .hasSize(2);
  }

  @Test
  void the_long_line_of_systemd_oomd_breaks_before_its_reason() {
    LogEvent event =
        Logs.only(
            """
            Sep 18 02:27:12 h systemd-oomd[944]: Killed /user.slice/app-shop-1.scope
                due to memory pressure for /user.slice
                being 82.63% > 50.00% for > 20s with reclaim activity
            """);
    assertThat(event.killer()).isEqualTo(Killer.SYSTEMD_OOMD);
    assertThat(event.victimCgroup()).isEqualTo("/user.slice/app-shop-1.scope");
    assertThat(event.limitCgroup()).isEqualTo("/user.slice");
    assertThat(event.pressure().percent()).isEqualTo(82.63);
  }

  @Test
  void docker_tells_who_asked() {
    String die = "2026-01-01T00:00:10.1Z container die c0ffee (exitCode=137, image=x, name=web)\n";
    String kill = "2026-01-01T00:00:10.0Z container kill c0ffee (image=x, name=web, signal=9)\n";
    assertThat(Logs.only(kill + die).notes()).anyMatch(note -> note.contains("docker stop"));
    assertThat(Logs.only(die).notes()).noneMatch(note -> note.contains("docker stop"));
    assertThat(Logs.only(kill.replace("c0ffee", "beef") + die).notes())
        .noneMatch(note -> note.contains("docker stop"));
  }

  @Test
  void the_oldest_kernels_write_small_letters() {
    LogEvent event =
        Logs.only(
            "Out of memory: kill process 55 (qemu) score 7 or a child\nKilled process 55 (qemu)\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.victim().name()).isEqualTo("qemu");
    assertThat(
            Logs.only("Jan 02 03:04:05 h kernel: Out of memory: Kill process 55 (build)\n")
                .victim()
                .name())
        .isEqualTo("build");
  }

  @Test
  void heroku_names_the_dyno() {
    LogEvent event =
        Logs.only(
            """
            2026-01-10T10:58:37.1+00:00 heroku[worker.1]: Process running mem=1214M(237.2%)
            2026-01-10T10:58:37.2+00:00 heroku[worker.1]: Error R15 (Memory quota vastly exceeded)
            """);
    assertThat(event.victim().name()).isEqualTo("worker.1");
    assertThat(LogDiagnosis.explain(event).headline()).contains("dyno worker.1");
  }
}
