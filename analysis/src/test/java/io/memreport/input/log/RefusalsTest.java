// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.log.SharedMemoryResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory, threads and shared memory that were refused, and JVMs that say so. */
class RefusalsTest {
  @Test
  void the_error_file_of_windows_gives_advice_for_windows() {
    LogEvent event =
        Logs.only(
            """
            # There is insufficient memory for the Java Runtime Environment to continue.
            # Native memory allocation (mmap) failed to map 1048576 bytes for G1 virtual space.
            # Possible solutions:
            #   Increase physical memory or swap space
            #  Out of Memory Error (os_windows.cpp:3301), pid=87, tid=11
            # Java VM: OpenJDK 64-Bit Server VM (17.0.1, g1 gc, windows-amd64)
            Command Line: -Xmx8g -Dsecret=x shop.Main
            Host: CPU, 8 cores, 7G,  Windows 10
            Time: Wed Jun 24 14:02:11 2026 Standard Time elapsed time: 65 seconds
            """);
    assertThat(event.kind()).isEqualTo(EventKind.JVM_ABORT);
    assertThat(event.platform()).isEqualTo(Platform.WINDOWS);
    assertThat(event.victim().pid()).isEqualTo(87);
    assertThat(event.memory().totalBytes()).isEqualTo(7L << 30);
    assertThat(event.at().instant()).hasToString("2026-06-24T14:02:11Z");
    assertThat(event.toString()).contains("-Xmx8g").doesNotContain("secret");
    String all = LogDiagnosis.explain(event).toString();
    assertThat(all).contains("page file", "-Xmx8g").doesNotContain("overcommit", "ulimit");
  }

  @Test
  void the_pids_controller_names_the_limit() {
    String kernel = "cgroup: fork rejected by pids controller in /system.slice/build.service\n";
    LogEvent alone = Logs.only(kernel);
    assertThat(alone.kind()).isEqualTo(EventKind.REFUSED);
    LogEvent event =
        Logs.only(
            kernel
                + "java.lang.OutOfMemoryError: unable to create native thread: possibly limits\n");
    assertThat(event.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertThat(event.limitCgroup()).isEqualTo("/system.slice/build.service");
    String all = LogDiagnosis.explain(event).toString();
    assertThat(all).contains("TasksMax", "build.service").doesNotContain("a limit of its own");
  }

  @Test
  void gradle_tells_no_status() {
    LogEvent event =
        Logs.only(
            """
            The message received from the daemon indicates that the daemon has disappeared.
            Daemon pid: 34
              log file: /builds/.gradle/daemon/9.7/daemon-34.out.log
            Daemon vm is shutting down... The daemon has exited normally or was terminated.
            Gradle build daemon disappeared unexpectedly (it may have been killed or may have crashed)
            """);
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.exitStatus()).isNull();
    assertThat(event.victim().pid()).isEqualTo(34);
    String all = LogDiagnosis.explain(event).toString();
    assertThat(all).contains("hs_err_pid34.log", "daemon-34.out.log").doesNotContain("137");
  }

  @Test
  void netty_and_surefire_pass_on_errors_of_a_jvm() {
    LogEvent netty =
        Logs.only(
            "io.netty.util.internal.OutOfDirectMemoryError: failed to allocate 16 byte(s) of direct"
                + " memory (used: 503316480, max: 536870912)\n");
    assertThat(netty.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertThat(netty.limit().limitBytes()).isEqualTo(536_870_912);
    LogEvent surefire =
        Logs.only(
            """
            15:53:39  [ERROR] There was an error in the forked process
            15:53:39  [ERROR] Error occurred in starting fork, check output in log
            15:53:39  [ERROR] Java heap space
            """);
    assertThat(surefire.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertThat(surefire.constraint()).isEqualTo("Java heap space");
    assertThat(Logs.events("Java heap space is 4 GB\n")).isEmpty();
  }

  @Test
  void threads_that_were_refused_are_one_event_in_whatever_order() {
    String[] lines = {
      "kernel: cgroup: fork rejected by pids controller in /system.slice/shop.service\n",
      "[os,thread] Failed to start thread \"x\" with pthread_create failed (EAGAIN)\n",
      "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory\n",
    };
    for (String log :
        new String[] {
          lines[0] + lines[1] + lines[2], lines[1] + lines[2] + lines[0], lines[2] + lines[0]
        }) {
      LogEvent event = Logs.only(log);
      assertThat(event.kind()).isEqualTo(EventKind.JAVA_OOM);
      assertThat(event.limitCgroup()).isEqualTo("/system.slice/shop.service");
      assertThat(LogDiagnosis.explain(event).headline())
          .isEqualTo("A JVM got no new thread: the pids limit of shop.service was reached.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SqliteException (0x80004005): SQLite Error 7: 'out of memory'.",
        "SQLSTATE[HY000]: General error: 7 out of memory",
        "Error: stepping, out of memory (7)",
        "SqliteFailure(Error { code: OutOfMemory, extended_code: 7 }, Some(\"out of memory\"))",
        "SQLiteException: [7] DB[1] step() [SELECT a] [out of memory]",
      })
  void sqlite_says_it_in_the_words_of_each_driver(String line) {
    assertThat(Logs.only(line + "\n").constraint()).isEqualTo("SQLITE_NOMEM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.lang.OutOfMemoryError: Direct buffer memory|MaxDirectMemorySize",
        "The Daemon will expire after the build after running out of JVM Metaspace.|MaxMetaspaceSize",
        "[ERROR] There was an error in the forked process: GC overhead limit exceeded|Xmx",
      })
  void each_limit_of_a_jvm_has_its_own_advice(String line, String advice) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertThat(LogDiagnosis.explain(event).advice().toString()).contains(advice);
  }

  @Test
  void a_refusal_of_windows_is_told_from_one_of_linux() {
    String line = "os::commit_memory(0x0f, 4194304, 0) failed; error='x' (%s=1455)\n";
    LogEvent windows = Logs.only(line.formatted("DOS error/errno"));
    assertThat(LogDiagnosis.explain(windows).advice().toString())
        .contains("page file")
        .doesNotContain("overcommit");
    assertThat(LogDiagnosis.explain(windows).headline())
        .isEqualTo("A JVM ended itself, because the system refused it 4.00 MiB; nobody killed it.");
    LogEvent linux = Logs.only(line.formatted("errno"));
    assertThat(LogDiagnosis.explain(linux).advice().toString()).contains("overcommit");
  }

  @Test
  void ports_to_bsd_and_macos_tell_themselves_apart_by_their_host() {
    String file =
        """
        # There is insufficient memory for the Java Runtime Environment to continue.
        #  Out of Memory Error (os_bsd.cpp:1800), pid=87, tid=9
        # Java VM: OpenJDK 64-Bit Server VM (17.0.9+9, mixed mode, g1 gc, bsd-amd64)
        Host: x86, 8 cores, 7G, %s
        """;
    assertThat(Logs.only(file.formatted("FreeBSD 14.0")).platform()).isEqualTo(Platform.FREEBSD);
    assertThat(Logs.only(file.formatted("Darwin 23.0, macOS 14")).platform())
        .isEqualTo(Platform.MACOS);
  }

  @Test
  void a_browser_that_tries_again_and_again_fails_once() {
    String line =
        "ERROR:platform_shared_memory_region_posix.cc(250)] Creating shared memory in"
            + " /dev/shm/.org.chromium.Chromium.%s failed: No space left on device (28)\n";
    assertThat(Logs.events(line.formatted("a1") + line.formatted("b2") + "tab crashed\n"))
        .hasSize(1);
  }

  @Test
  void sqlite_without_memory_is_no_kill() {
    LogEvent event =
        Logs.only("org.sqlite.SQLiteException: [SQLITE_NOMEM] A malloc() failed (out of memory)\n");
    assertThat(event.kind()).isEqualTo(EventKind.REFUSED);
    assertThat(event.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(LogDiagnosis.explain(event).advice().toString()).contains("hard_heap_limit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "ORA-00845: MEMORY_TARGET not supported on this system|DEV_SHM|SGA_TARGET",
        "WARNING: You are trying to use the MEMORY_TARGET feature. This feature requires the /dev/shm file system to be mounted for|DEV_SHM|SGA_TARGET",
        "(28)No space left on device: AH01762: Failed to create shared memory segment on file x|SHMMNI_OR_SHMALL|shm",
        "(28)No space left on device: AH00023: Couldn't create the ssl-cache mutex|SEMAPHORES|ipcrm",
        "initdb failed: 'FATAL:  could not create semaphores: No space left on device|SEMAPHORES|sem",
        "CalledProcessError: b\"FATAL:  could not create shared memory segment: No space left on device|SHMMNI_OR_SHMALL|shm",
      })
  void others_tell_of_shared_memory(String line, SharedMemoryResource resource, String advice) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.sharedMemory().resource()).isEqualTo(resource);
    assertThat(LogDiagnosis.explain(event).advice().toString()).contains(advice);
  }

  @Test
  void python_shows_its_semaphore_in_the_trace() {
    LogEvent event =
        Logs.only(
            """
                sl = self._semlock = _multiprocessing.SemLock(
            OSError: [Errno 28] No space left on device
            """);
    assertThat(event.sharedMemory().call()).isEqualTo("sem_open");
  }

  @Test
  void a_page_that_crashed_for_shared_memory_is_one_event() {
    LogEvent event =
        Logs.only(
            """
            [43:43:ERROR:region.cc(217)] Creating shared memory in /dev/shm/.org.chromium.X failed: No space left on device (28)
            WebDriverException: unknown error: session deleted because of page crash
            """);
    assertThat(event.signs()).hasSize(2);
    assertThat(LogDiagnosis.explain(event).advice().toString()).contains("--disable-dev-shm-usage");
  }
}
