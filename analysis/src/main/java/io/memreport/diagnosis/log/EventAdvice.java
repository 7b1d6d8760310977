// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.Asked;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.log.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What to do about an event. */
final class EventAdvice {
  static final String RECORD =
      "Run the JVM with memreport's agent: then the report says which test and which query held the"
          + " memory.";
  static final String RECORD_A_JVM =
      "If it is a JVM, run it with memreport's agent: then the report says which test and which query"
          + " held the memory.";
  static final String NO_THREAD =
      "Look at pids.max of the cgroup, ulimit -u and kernel.threads-max: this is a limit of threads,"
          + " and more memory does not help.";
  private static final String KERNEL_LOG =
      "Get the kernel's log of that time: journalctl -k --since '1 hour ago', or dmesg -T.";

  private EventAdvice() {}

  static List<String> of(LogEvent event) {
    Asked asked = Asked.of(event);
    if (asked != null) {
      return asked(asked);
    }
    List<String> ofPlatform = PlatformAdvice.of(event);
    if (ofPlatform != null) {
      return event.kind() == EventKind.OOM_KILL ? withFix(event, ofPlatform) : ofPlatform;
    }
    return switch (event.kind()) {
      case OOM_KILL -> ofKill(event);
      case JAVA_OOM -> ofJavaError(event);
      case JVM_ABORT ->
          event.trigger() != null && "a thread".equals(event.trigger().allocation())
              ? List.of(NO_THREAD)
              : "memory refused".equals(event.constraint())
                  ? List.of(
                      "Look at vm.overcommit_memory, at ulimit -v and at vm.max_map_count on that machine;"
                          + " the kernel may have logged __vm_enough_memory.")
                  : List.of(
                      "Read the hs_err file that the JVM left: it names the thread and the cause.");
      case KILLED -> List.of(KERNEL_LOG, "And that of the killers: journalctl -u systemd-oomd.");
      case SHM_EXHAUSTED -> SharedMemoryAdvice.of(event.sharedMemory());
      case REFUSED -> RefusalText.advice(event);
      case NO_KILL ->
          event.sharedMemory() == null ? List.of() : SharedMemoryAdvice.of(event.sharedMemory());
    };
  }

  private static List<String> asked(Asked asked) {
    return switch (asked) {
      case STOP_TIMEOUT ->
          List.of(
              "Find what keeps it from ending (a thread dump while it stops: jstack PID), or give it more"
                  + " time (TimeoutStopSec=, terminationGracePeriodSeconds, docker stop -t).");
      case PROBE ->
          List.of(
              "See why it did not answer: long collections (-Xlog:gc), a full pool of threads, or a probe"
                  + " that waits too short (timeoutSeconds, initialDelaySeconds).");
      case TIME_LIMIT ->
          List.of(
              "See what took so long (a thread dump shortly before the limit), or raise the limit of time;"
                  + " more memory helps only if collections took the time (-Xlog:gc).");
      case TASK_LIMIT ->
          List.of(
              "Start fewer threads or processes, or ask for more of them: more memory does not help.");
      case CANCELLED, PREEMPTED, STOPPED ->
          List.of("Nothing has to be done about memory: start it again if that was not meant.");
    };
  }

  private static List<String> ofKill(LogEvent event) {
    return switch (event.killer()) {
      case KERNEL_MEMCG ->
          EventReasons.isShared(event)
              ? List.of(
                  "Find what lies in tmpfs and /dev/shm of that cgroup (df -t tmpfs; ls -l /dev/shm)"
                      + " and remove it: memory comes back only then.")
              : atLimit(event);
      case KERNEL_GLOBAL ->
          with(
              event,
              "Run less at a time, or give the machine memory or swap: no limit of a container was"
                  + " reached, the host was full.");
      case KERNEL_CPUSET, KERNEL_MEMORY_POLICY ->
          List.of("Let the process use memory of other nodes: see numactl and cpuset.mems.");
      case KERNEL_SYSRQ ->
          List.of("Find out who wrote f to /proc/sysrq-trigger; newer versions of earlyoom do.");
      case SYSTEMD_OOMD ->
          with(
              event,
              "Run the job in a scope of its own, so that it alone dies: systemd-run --user --scope.",
              "Run fewer workers at a time. What must not die gets ManagedOOMPreference=avoid.");
      case EARLYOOM, NOHANG ->
          with(
              event,
              "Run less at a time: memory and swap of the whole machine were almost used up.");
      case KUBELET ->
          List.of(
              "Give the pod a memory request that covers what it uses: pods far above their request are"
                  + " evicted first.");
      case MACOS ->
          "per-process-limit".equals(event.constraint())
              ? List.of(
                  "Let the process hold less: the limit is that of its kind of process, and more memory"
                      + " or room for swap does not help.")
              : List.of(
                  "Make room on the disk, on which macOS keeps its swap, and run less at a time.");
      case SUPERVISOR ->
          with(
              event,
              "Its supervisor ends it at a limit of its own, not the system: find what makes the worker grow,"
                  + " or raise that limit within what the machine has for all of them.");
      case LSF -> askFor(event, "bsub -M and -R 'rusage[mem=…]'");
      case PBS -> askFor(event, "qsub -l mem or -l select=1:mem");
      case HTCONDOR -> askFor(event, "request_memory in the submit file");
      default -> List.of(KERNEL_LOG);
    };
  }

  private static List<String> askFor(LogEvent event, String option) {
    return with(event, "Ask for more memory (" + option + "), or " + Died.less(event) + ".");
  }

  private static List<String> atLimit(LogEvent event) {
    return switch (Died.of(event)) {
      case JVM ->
          with(
              event,
              "Make the parts fit the limit: the Java heap (-Xmx, -XX:MaxRAMPercentage) is one of them,"
                  + " beside metaspace, code, threads, direct buffers and native libraries.");
      case ANOTHER ->
          with(
              event,
              "Raise the limit of the cgroup (MemoryMax= of a unit, --memory of a container), or "
                  + Died.less(event)
                  + ".");
      case UNKNOWN ->
          with(
              event,
              "Raise the limit of the cgroup (MemoryMax= of a unit, --memory of a container), or "
                  + Died.less(event, "-Xmx, -XX:MaxRAMPercentage")
                  + ".",
              KERNEL_LOG);
    };
  }

  private static List<String> withFix(LogEvent event, List<String> advice) {
    List<String> all = new ArrayList<>(advice);
    String fix = Died.fix(event);
    if (fix != null) {
      all.add("To hold less: " + fix + ".");
    }
    return all;
  }

  /** The advice, and what else helps with a program of that kind. */
  private static List<String> with(LogEvent event, String... advice) {
    List<String> all = withFix(event, List.of(advice));
    TaskRow larger = Died.larger(event);
    if (larger != null) {
      all.add(
          "Look first at "
              + Names.shown(larger.name())
              + " (pid "
              + larger.pid()
              + "), which held "
              + Units.bytes(larger.heldBytes())
              + ".");
    }
    Died died = Died.of(event);
    if (died == Died.JVM || larger != null && Died.isJvm(larger.name())) {
      all.add(RECORD);
    } else if (died == Died.UNKNOWN) {
      all.add(RECORD_A_JVM);
    }
    return List.copyOf(all);
  }

  static List<String> threads(LogEvent event) {
    String unit = event.limitCgroup();
    return List.of(
        "Raise the limit of tasks of "
            + unit
            + " (TasksMax= of the unit, pids.max of the cgroup, --pids-limit of a container), or start"
            + " fewer threads: more memory does not help.",
        "See how many there are: cat /sys/fs/cgroup" + unit + "/pids.current; ps -eLf | wc -l.");
  }

  private static List<String> ofJavaError(LogEvent event) {
    String words = event.constraint() == null ? "" : event.constraint();
    if (event.platform() == Platform.GRADLE) {
      return List.of(
          "Raise org.gradle.jvmargs in gradle.properties (-Xmx, -XX:MaxMetaspaceSize) within what the"
              + " machine has: this is the daemon; tests and workers have heaps of their own.",
          "Or let it hold less: fewer workers (org.gradle.workers.max), compilers in processes of their"
              + " own (options.fork).");
    }
    if (event.platform() == Platform.ANDROID && !words.contains("native thread")) {
      return List.of(
          "Find what the app holds: adb shell am dumpheap PACKAGE /data/local/tmp/a.hprof, or LeakCanary; bitmaps"
              + " are the usual reason.",
          "The device sets how far a heap may grow (dalvik.vm.heapgrowthlimit): android:largeHeap allows more,"
              + " -Xmx does not exist there.");
    }
    if (words.contains("Map failed")) {
      return List.of(
          "Raise sysctl vm.max_map_count (65530 by default), or look at ulimit -v: it is the number of"
              + " mappings or address space that ran out, and neither heap nor memory.");
    }
    boolean buffers = words.toLowerCase(Locale.ROOT).contains("direct buffer");
    if (words.contains("direct memory") && !buffers) {
      return List.of(
          "Find who keeps netty's buffers (-Dio.netty.leakDetection.level=paranoid), or raise"
              + " -Dio.netty.maxDirectMemory or -XX:MaxDirectMemorySize within the container's limit.");
    }
    if (words.contains("native thread") && event.limitCgroup() != null) {
      return threads(event);
    }
    if (words.contains("native thread")) {
      return List.of(NO_THREAD);
    }
    if (buffers) {
      return List.of(
          "Find who keeps direct buffers, or raise -XX:MaxDirectMemorySize within the limit of the"
              + " container.");
    }
    if (words.contains("Metaspace") || words.contains("class space")) {
      return List.of("Find the class loaders that stay, or raise -XX:MaxMetaspaceSize.");
    }
    if (words.contains("PermGen")) {
      return List.of("Find the class loaders that stay, or raise -XX:MaxPermSize.");
    }
    if (words.contains("Out of swap space")) {
      return List.of(
          "It is native memory that the system refused, beside the Java heap: look at free -m, ulimit -v"
              + " and swap, and lower -Xmx and the number of threads.");
    }
    if (words.contains("array size")) {
      return List.of("No heap is large enough for such an array: find who asks for it.");
    }
    return List.of(
        "Find what fills the heap: -XX:+HeapDumpOnOutOfMemoryError, or memreport with leaks=gc; raise"
            + " -Xmx only if it is needed.");
  }
}
