// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import java.util.Arrays;
import java.util.List;

/** What helps on a platform: each has its own name for the limit, and its own place to look. */
final class PlatformAdvice {
  private PlatformAdvice() {}

  /** The advice, or null where that of Linux fits. */
  static List<String> of(LogEvent event) {
    if (event.platform() == Platform.SPARK && event.kind() != EventKind.JAVA_OOM) {
      return List.of(
          "Give the executor room beside its heap: spark.executor.memoryOverhead (or"
              + " memoryOverheadFactor); in Kubernetes the pod's limit is heap and overhead together.",
          "Or hold less in it: fewer tasks at a time (spark.executor.cores), more partitions; PySpark's"
              + " workers count too (spark.executor.pyspark.memory).",
          "See which it was: kubectl describe pod EXECUTOR, whose reason is OOMKilled if it was the limit.");
    }
    if (event.platform() == Platform.SPARK) {
      return List.of(
          "Raise spark.executor.memory, or let fewer tasks share an executor (spark.executor.cores) and"
              + " more partitions share the data.",
          "The executor's own log tells which limit it was: heap, direct buffers or threads.");
    }
    if (event.platform() == null || event.kind() == EventKind.JAVA_OOM) {
      return null;
    }
    return switch (event.kind()) {
      case JVM_ABORT -> "memory refused".equals(event.constraint()) ? refused(event) : null;
      case OOM_KILL -> killed(event);
      case KILLED -> unknown(event);
      case REFUSED -> null;
      default -> List.of();
    };
  }

  private static List<String> killed(LogEvent event) {
    return switch (event.platform()) {
      case YARN ->
          "virtual memory".equals(event.constraint())
              ? List.of(
                  "Turn the check off (yarn.nodemanager.vmem-check-enabled=false) or raise"
                      + " yarn.nodemanager.vmem-pmem-ratio: more RAM does not help.")
              : List.of(
                  "Give the container room beside the Java heap: spark.executor.memoryOverhead, or"
                      + " mapreduce.map.memory.mb above -Xmx, tez.container.size for Hive,"
                      + " taskmanager.memory.process.size for Flink.",
                  "Or lower -Xmx of the process; yarn logs -applicationId ID has the NodeManager's"
                      + " process tree.");
      case SLURM ->
          List.of(
              "Ask for more memory (sbatch --mem or --mem-per-cpu), or "
                  + Died.less(event)
                  + " and run fewer tasks per node.",
              "See what it used: sacct -j JOB --format=JobID,State,MaxRSS,ReqMem; seff JOB.");
      case ECS ->
          List.of(
              "Raise the container's memory (hard limit) or the task's memory in the task definition, or "
                  + Died.less(event, "-Xmx, -XX:MaxRAMPercentage")
                  + ".",
              "See the reason: aws ecs describe-tasks; Container Insights has the memory over time.");
      case LAMBDA ->
          List.of(
              "Raise the memory size of the function (MemorySize), or "
                  + Died.less(event)
                  + ": heap and native memory share it.",
              "There is no kernel log to fetch: compare Max Memory Used of the REPORT lines before.");
      case HEROKU ->
          List.of(
              "Use a larger dyno type (heroku ps:resize), or "
                  + Died.less(event, "-Xmx in JAVA_OPTS")
                  + " and run fewer workers.",
              "See memory over time: heroku labs:enable log-runtime-metrics.");
      case CLOUD_RUN ->
          List.of(
              "Raise the memory limit: gcloud run services update SERVICE --memory 1Gi (for a function:"
                  + " gcloud functions deploy --memory), or "
                  + Died.less(event)
                  + " and lower --concurrency.",
              "Files that are written count too: the file system is in memory.");
      case APP_ENGINE ->
          List.of(
              "Set a larger instance_class in app.yaml, or lower max_concurrent_requests and "
                  + Died.less(event)
                  + ".");
      case NOMAD ->
          List.of(
              "Raise resources { memory } (or memory_max) of the task in the job file, or "
                  + Died.less(event)
                  + ".",
              "See it: nomad alloc status ALLOC; the client's kernel log names the process.");
      case CLOUD_FOUNDRY ->
          List.of(
              "Raise the memory of the app (cf scale APP -m 2G), or "
                  + Died.less(event, "-Xmx in JAVA_OPTS, and the memory calculator's head room")
                  + ".",
              "See it: cf events APP; cf app APP.");
      case FREEBSD, OPENBSD, NETBSD ->
          List.of(
              "Add swap (swapctl -l shows it) or memory, or run less at a time; "
                  + Died.less(event)
                  + " and, with ZFS, lower vfs.zfs.arc.max on FreeBSD.",
              "See the messages around it: dmesg -a, /var/log/messages; top -o res shows who holds"
                  + " memory.");
      case AIX ->
          List.of(
              "Add paging space (lsps -a shows it; mkps, chps), or run less at a time; "
                  + Died.less(event)
                  + ".",
              "See who fills it: svmon -P -O sortentity=pgsp; PSALLOC=early lets a program have its paging space"
                  + " from the start, or fail.");
      case ANDROID ->
          List.of(
              "Let the app hold less when it is told to (onTrimMemory); adb shell dumpsys meminfo PACKAGE"
                  + " shows what it holds.",
              "See why: adb logcat -b all -s lowmemorykiller:* lmkd:* ActivityManager:*.");
      case DOCKER ->
          List.of(
              "Raise the container's limit (docker run --memory), or "
                  + Died.less(event, "-Xmx, -XX:MaxRAMPercentage")
                  + ".",
              "The host's kernel log names the process: journalctl -k, or dmesg -T.");
      case PODMAN ->
          List.of(
              "Raise the container's limit (podman run --memory), or "
                  + Died.less(event, "-Xmx, -XX:MaxRAMPercentage")
                  + "; where Podman runs in a machine of its own, that has a size too (podman machine set"
                  + " --memory).",
              "The kernel's log names the process: journalctl -k, or podman machine ssh sudo dmesg -T.");
      case CONTAINERD ->
          List.of(
              "Find the container: crictl inspect ID, or ctr -n k8s.io containers info ID; raise its"
                  + " limit or "
                  + Died.less(event)
                  + ".",
              "The node's kernel log names the process: journalctl -k, or dmesg -T.");
      case CRI_O ->
          List.of(
              "Find the container: crictl ps -a, crictl inspect ID; raise its limit or "
                  + Died.less(event)
                  + ".",
              "The node's kernel log names the process: journalctl -k, or dmesg -T.");
      case FLY ->
          List.of(
              "Give the machine more memory: fly scale memory 1024, or memory in fly.toml; swap_size_mb"
                  + " helps over a short peak.",
              "Or " + Died.less(event) + ": fly logs and the memory graph show when it grew.");
      case AZURE ->
          List.of(
              "Raise the memory of the container: az containerapp update --cpu 1 --memory 2Gi, or "
                  + Died.less(event)
                  + ".",
              "See it: the metric WorkingSetBytes, and ContainerAppSystemLogs; there is no kernel log to"
                  + " read.");
      case KUBERNETES ->
          List.of(
              "Raise resources.limits.memory of the container, or "
                  + Died.less(event, "-Xmx, -XX:MaxRAMPercentage")
                  + ".",
              "The node's kernel log names the process: kubectl debug node/NODE, then dmesg -T.",
              Died.of(event) == Died.JVM ? EventAdvice.RECORD : EventAdvice.RECORD_A_JVM);
      case ARGO ->
          List.of(
              "Raise resources.limits.memory of the step's container in its template (or by podSpecPatch), or "
                  + Died.less(event, "-Xmx, -XX:MaxRAMPercentage")
                  + ".",
              "See which container it was: kubectl describe pod; main is yours, wait and init are Argo's"
                  + " (executor.resources).");
      case BITBUCKET ->
          List.of(
              "Let the step have more (size: 2x in bitbucket-pipelines.yml), or fewer services, which share"
                  + " it; a service has its own (definitions: services: docker: memory).",
              "Or run less at a time in it, and " + Died.less(event) + ".");
      case CIRCLECI ->
          List.of(
              "Use a larger resource_class, or run less at a time and " + Died.less(event) + ".");
      case RENDER ->
          List.of(
              "Use a larger instance type, or "
                  + Died.less(event)
                  + " and run fewer workers; the service's metrics show memory over time.");
      case VERCEL ->
          List.of(
              "Let the build hold less: fewer workers and no source maps, NODE_OPTIONS=--max-old-space-size below"
                  + " what the build machine has; or use a larger build machine.");
      case MACOS ->
          "per-process-limit".equals(event.constraint())
              ? null
              : List.of("Run less at a time: memory and swap of the whole device were short.");
      default -> null;
    };
  }

  private static List<String> unknown(LogEvent event) {
    return switch (event.platform()) {
      case GRADLE -> gradle(event);
      case LAMBDA ->
          List.of(
              "Compare Max Memory Used with Memory Size of the REPORT line, and the duration with the"
                  + " function's timeout.");
      case DOCKER ->
          List.of(
              "See docker inspect: if its OOMKilled is false, the container's own limit did not kill it; then look"
                  + " for docker stop or docker kill (docker events --since 1h), a health check or a time"
                  + " limit.",
              "The flag may miss a kill by the host's lack of memory: journalctl -k on the host decides.");
      case PODMAN ->
          List.of(
              "See podman inspect: if its OOMKilled is false, the container's own limit did not kill it; then look"
                  + " for podman stop or podman kill (podman events --since 1h), a health check or a time"
                  + " limit.",
              "The flag may miss a kill by the machine's lack of memory: journalctl -k, or podman machine ssh"
                  + " sudo dmesg -T.");
      case KUBERNETES, ARGO ->
          List.of(
              "See why it ended: kubectl describe pod, kubectl get events; a failed liveness probe and the"
                  + " end of the grace period send SIGKILL too.");
      case ECS ->
          List.of(
              "See stoppedReason and stopCode: aws ecs describe-tasks; a container that does not end"
                  + " within stopTimeout gets SIGKILL too.");
      case YARN ->
          List.of("Look for the reason in the NodeManager's log: yarn logs -applicationId ID.");
      case SLURM ->
          List.of(
              "See how it ended: sacct -j JOB --format=JobID,State,ExitCode,MaxRSS,ReqMem; OUT_OF_MEMORY, TIMEOUT,"
                  + " CANCELLED and PREEMPTED are states of their own.");
      case HEROKU ->
          List.of(
              "Look for an R or H error before it: heroku logs; a dyno that does not end within 30 s of"
                  + " SIGTERM gets SIGKILL too (R12).");
      case CLOUD_RUN ->
          List.of(
              "Compare the memory in use with the limit (metrics of the service), and look for \"Memory"
                  + " limit of … exceeded\" in its logs; a request that ran out of time is another"
                  + " reason.");
      case AZURE ->
          List.of(
              "Compare the memory in use (metric WorkingSetBytes) with the memory of the container or"
                  + " plan: at the limit it was most likely memory.",
              "A failed probe, a new revision and scaling in send SIGKILL too: see"
                  + " ContainerAppSystemLogs.");
      case AZURE_FUNCTIONS ->
          List.of(
              "Compare the memory in use with that of the plan (Consumption has 1.5 GB): at the limit it was"
                  + " most likely memory, and a larger plan helps.",
              "Or let the workers hold less: FUNCTIONS_WORKER_PROCESS_COUNT=1, fewer invocations at a"
                  + " time in host.json.");
      case BROWSER ->
          List.of(
              "Give the browser more of /dev/shm (docker run --shm-size=1g, or --ipc=host) and the machine"
                  + " or container more memory.",
              "Run fewer specs at a time; Cypress: experimentalMemoryManagement, a smaller"
                  + " numTestsKeptInMemory.");
      case CONTAINERD ->
          List.of(
              "Look for a TaskOOM event of the same container, and at crictl inspect ID; the node's"
                  + " kernel log decides: journalctl -k, or dmesg -T.");
      case NOMAD ->
          List.of("Look for who ended it in the events of the task: nomad alloc status ALLOC.");
      case CLOUD_FOUNDRY ->
          List.of("Look for who ended it in the events of the app: cf events APP.");
      case PYTHON ->
          List.of(
              "Get the kernel's log of that time: journalctl -k --since '1 hour ago', or dmesg -T; a crash"
                  + " is in it too.",
              "Run fewer workers at a time (pytest -n 2, max_workers, n_jobs, num_workers) and see whether"
                  + " it goes away: then it was memory.");
      case JUPYTER ->
          List.of(
              "Watch memory while the cell runs (free -m; in a hub the limit of its container): if it is used up, the"
                  + " kernel was killed for it; kubectl describe pod, docker inspect or journalctl -k tell.",
              "A crash of native code ends it as silently: run the cells as a script with python -X faulthandler.");
      case DATABRICKS ->
          List.of(
              "Compare the driver's memory (metrics of the compute) with what it has: at the limit it was most"
                  + " likely memory. Use a larger driver, or bring less to it (toPandas, collect).",
              "See the event log of the compute and the driver's log; there is no kernel log to read.");
      case MPI ->
          List.of(
              "Get the log of the kernel of that node: dmesg -T there; where a scheduler ran it, that knows more:"
                  + " sacct -j JOB, qacct -j JOB, bjobs -l JOB.",
              "Run fewer ranks on a node and see whether it goes away: then it was memory.");
      case GRID_ENGINE ->
          List.of(
              "Compare maxvmem with the job's h_vmem (qacct -j JOB): at that limit Grid Engine sends SIGKILL; it"
                  + " counts address space, which a JVM reserves more of than it uses.",
              "If it is not near, see the node's kernel log, and h_rt, the limit of time.");
      case GITHUB ->
          List.of(
              "Let a last step with if: always() show the runner's kernel log: sudo dmesg -T | grep -iE"
                  + " 'oom|killed process'; if the runner itself is gone, watch memory in the steps before (free -m).",
              "A cancelled run, a newer commit (concurrency) and timeout-minutes end jobs too: see the run's"
                  + " annotations.");
      case GITLAB ->
          List.of(
              "On the runner's host read journalctl -k; with the Docker executor see memory in config.toml, with"
                  + " that of Kubernetes kubectl describe pod and KUBERNETES_MEMORY_LIMIT.",
              "A cancelled pipeline and a timeout end jobs too: the job's page says so.");
      case CIRCLECI ->
          List.of(
              "See the Resources tab of the job: at the memory of its resource_class it was most likely memory; a"
                  + " larger class, fewer workers or lower heaps help (a JVM: -Xmx).");
      case TRAVIS ->
          List.of(
              "Print memory while it runs (free -m in the background), or dmesg in after_script: at what the"
                  + " machine has it was most likely memory; fewer workers or lower heaps help.");
      case PLAYWRIGHT ->
          List.of(
              "Run fewer workers (--workers=2) and see whether it goes away: then it was memory.",
              "Get the kernel's log of that time: journalctl -k --since '1 hour ago', or dmesg -T; a limit of time"
                  + " of the job sends signals too.");
      case MYSQL ->
          List.of(
              "Get the kernel's log of that time: journalctl -k --since '1 hour ago', or dmesg -T.",
              "If it names mysqld or mariadbd, lower innodb_buffer_pool_size or max_connections; if it names"
                  + " nobody, read the error log before that line for a crash.");
      case POSTGRESQL ->
          List.of(
              "Get the kernel's log of that time: journalctl -k --since '1 hour ago', or dmesg -T.",
              "If it names postgres, lower work_mem or max_connections, and set vm.overcommit_memory=2 on"
                  + " a machine of its own: then a query fails, and the server lives.");
      default -> null;
    };
  }

  private static List<String> gradle(LogEvent event) {
    Long pid = event.victim() == null ? null : event.victim().pid();
    String log =
        event.detail().stream()
            .filter(text -> text.startsWith("daemon log: "))
            .map(text -> text.substring("daemon log: ".length()))
            .findFirst()
            .orElse("the daemon's log (~/.gradle/daemon/VERSION)");
    return List.of(
        "Read " + log + ", and look for hs_err_pid" + (pid == null ? "*" : pid) + ".log.",
        "If the machine or container is small, lower org.gradle.jvmargs, kotlin.daemon.jvmargs and the"
            + " number of workers: their heaps have to fit together.");
  }

  private static List<String> refused(LogEvent event) {
    String heap = heap(event);
    return switch (event.platform()) {
      case WINDOWS ->
          List.of(
              "Make the page file larger: what counts on Windows is commit charge, memory and page file"
                  + " together.",
              "Or let the JVM commit less: lower " + heap + " and -Xms, and end other programs.");
      case SOLARIS ->
          List.of(
              "Add swap: memory is reserved there when it is asked for (swap -s, swap -l show it), and a"
                  + " zone may have a cap (prctl -n zone.max-swap -i zone ZONE).",
              "Or let the JVM reserve less: lower " + heap + ", -Xms and the number of threads.");
      case MACOS, FREEBSD, OPENBSD, NETBSD ->
          List.of("Make room for swap, or let the JVM have less: lower " + heap + " and -Xms.");
      default -> null;
    };
  }

  /** The option as it was given, beside the memory that there is. */
  private static String heap(LogEvent event) {
    String option =
        event.detail().stream()
            .flatMap(text -> Arrays.stream(text.split(" ", -1)))
            .filter(word -> word.startsWith("-Xmx"))
            .findFirst()
            .orElse("-Xmx");
    Long total = event.memory() == null ? null : event.memory().totalBytes();
    return total == null
        ? option
        : option + " (the machine has " + Units.bytes(total) + " of memory)";
  }
}
