// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared memory that ran out: which, by which call, for whom; and what only reads like it. */
class SharedMemoryLogsTest {
  private static final String RESIZE =
      "could not resize shared memory segment \"/PostgreSQL.%d\" to %d bytes: No space left on"
          + " device\n";

  private static final String IDS =
      """
      %1$sFATAL:  could not create shared memory segment: No space left on device
      %1$sDETAIL:  Failed system call was shmget(key=%2$d, size=%3$d, 03600).
      %1$sHINT:  This error does *not* mean that you have run out of disk space.  It occurs either if all available shared memory IDs have been taken, or because the system's overall limit for shared memory has been reached.
      \tThe PostgreSQL documentation contains more information about shared memory configuration.
      """;

  @Test
  void a_small_segment_is_refused_for_the_count_of_segments() {
    LogEvent event = Logs.only(IDS.formatted("2026-03-02 08:15:01.118 UTC [7714] ", 918273, 56));
    assertThat(event.kind()).isEqualTo(EventKind.SHM_EXHAUSTED);
    assertThat(event.signs()).hasSize(3);
    assertThat(event.sharedMemory())
        .isEqualTo(
            new SharedMemoryFailure(
                "PostgreSQL",
                "shmget",
                "ENOSPC",
                918273L,
                null,
                56L,
                null,
                SharedMemoryResource.SHMMNI,
                null,
                null,
                7714L,
                false));
    assertThat(event.notes())
        .containsExactly(
            "Key 918273 is likely the inode number of the server's data directory, as since"
                + " PostgreSQL 13.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-02T08:15:01.1180001Z ",
        "db-1  | ",
        "Mar  2 08:15:01 host postgres[7714]: [3-1] ",
        "08:15:01.118 [log:pid(7690)] INFO  init-5a3b91cc - ",
        "    ",
        "2026-03-02T08:15:01.1180001Z 2026-03-02 08:15:01.118 UTC [7714] ",
        "2026-03-02T08:15:01.1180001Z ##[error]2026-03-02 08:15:01.118 UTC [7714] ",
        "2026-03-02 08:15:01 UTC [7714]: [1-1] user=,db=,app=,client= ",
        "2026-03-02 08:15:01 UTC app shop ",
        "[INFO] [stdout] 2026-03-02 08:15:01.118 UTC [7714] ",
        "ERROR: 2026-03-02 08:15:01.118 UTC [7714] "
      })
  void whatever_stands_before_the_line(String prefix) {
    SharedMemoryFailure failure = Logs.only(IDS.formatted(prefix, 918273, 56)).sharedMemory();
    assertThat(failure.resource()).isEqualTo(SharedMemoryResource.SHMMNI);
    assertThat(failure.key()).isEqualTo(918273);
    assertThat(failure.sizeBytes()).isEqualTo(56);
    assertThat(failure.backendPid()).isEqualTo(prefix.contains("7714") ? 7714L : null);
  }

  @Test
  void a_large_segment_may_be_refused_for_the_pages_too() {
    assertThat(Logs.only(IDS.formatted("", 918273, 4_194_304)).sharedMemory().resource())
        .isEqualTo(SharedMemoryResource.SHMMNI_OR_SHMALL);
    LogEvent macos =
        Logs.only(
            "Data directory /private/var/folders/x1/T/pg\n" + IDS.formatted("", 91, 4_194_304));
    assertThat(macos.sharedMemory().resource()).isEqualTo(SharedMemoryResource.SHMMNI);
    assertThat(macos.sharedMemory().os()).isEqualTo(OperatingSystem.MACOS);
  }

  @Test
  void the_system_may_be_told_behind_the_error() {
    LogEvent event =
        Logs.only(IDS.formatted("", 91, 56) + "x\n".repeat(4000) + "on arm-apple-darwin\n");
    assertThat(event.sharedMemory().os()).isEqualTo(OperatingSystem.MACOS);
  }

  @Test
  void a_server_knows_its_system_better_than_the_paths_around_it() {
    LogEvent event =
        Logs.only(
            """
            mounted /Users/ci/data
            2026-03-02 08:15:00 UTC [1] LOG:  starting PostgreSQL 12.4 on x86_64-pc-linux-gnu, compiled by gcc
            """
                + IDS.formatted("2026-03-02 08:15:01 UTC [1] ", 5433001, 56));
    assertThat(event.sharedMemory().os()).isEqualTo(OperatingSystem.LINUX);
    assertThat(event.notes()).containsExactly("Key 5433001 is that of the server on port 5433.");
  }

  @Test
  void a_version_tells_what_the_key_is() {
    assertThat(Logs.only("initdb (PostgreSQL) 15.18\n" + IDS.formatted("", 5433001, 56)).notes())
        .containsExactly("Key 5433001 is the inode number of the server's data directory.");
    assertThat(
            Logs.only(
                    "initdb (PostgreSQL) 15.18\nusing PostgreSQL version 12.4\n"
                        + IDS.formatted("", 5433001, 56))
                .notes()
                .get(0))
        .contains("likely");
  }

  @Test
  void a_key_of_unknown_version_is_likely_a_port() {
    assertThat(Logs.only(IDS.formatted("", 5433001, 56)).notes().get(0))
        .startsWith("Key 5433001 is likely that of a server on port 5433:");
  }

  @ParameterizedTest
  @CsvSource({
    "Cannot allocate memory, ENOMEM, SHMALL_OR_KERNEL_MEMORY, SHMALL, KERNEL_MEMORY",
    "Invalid argument, EINVAL, SHMMAX, SHMMAX, SHMMAX",
    "Operation not permitted, EPERM, SANDBOX, SANDBOX, SANDBOX",
    "Permission denied, EACCES, PERMISSION, PERMISSION, PERMISSION",
    "Function not implemented, ENOSYS, UNSUPPORTED, UNSUPPORTED, UNSUPPORTED",
    "File exists, EEXIST, DATA_DIRECTORY_IN_USE, DATA_DIRECTORY_IN_USE, DATA_DIRECTORY_IN_USE"
  })
  void one_error_has_another_cause_on_another_system(
      String words,
      String errno,
      SharedMemoryResource unknown,
      SharedMemoryResource macos,
      SharedMemoryResource linux) {
    String log = IDS.formatted("", 91, 56).replace("No space left on device", words);
    assertThat(Logs.only(log).sharedMemory().errno()).isEqualTo(errno);
    assertThat(Logs.only(log).sharedMemory().resource()).isEqualTo(unknown);
    assertThat(Logs.only("/opt/homebrew/bin/initdb\n" + log).sharedMemory().resource())
        .isEqualTo(macos);
    assertThat(Logs.only("Ubuntu GNU/Linux\n" + log).sharedMemory().resource()).isEqualTo(linux);
  }

  @Test
  void a_full_dev_shm_has_a_statement() {
    LogEvent event =
        Logs.only(
            "2026-03-02 08:15:01.118 UTC [340] ERROR:  "
                + RESIZE.formatted(77, 183552)
                + "2026-03-02 08:15:01.118 UTC [340] STATEMENT:  SELECT sum(size)\n"
                + "\t  FROM blob\n"
                + "\t\n"
                + "\t WHERE id > $1\n"
                + "2026-03-02 08:15:02.000 UTC [341] LOG:  checkpoint starting: time\n");
    assertThat(event.sharedMemory())
        .isEqualTo(
            new SharedMemoryFailure(
                "PostgreSQL",
                "posix_fallocate",
                "ENOSPC",
                null,
                null,
                183552L,
                "/PostgreSQL.77",
                SharedMemoryResource.DEV_SHM,
                OperatingSystem.LINUX,
                "SELECT sum(size) FROM blob WHERE id > $1",
                340L,
                false));
  }

  @Test
  void interleaved_backends_keep_their_statements() {
    String stamp = "2026-03-02 08:15:01.118 UTC ";
    List<LogEvent> events =
        Logs.events(
            stamp
                + "[340] ERROR:  "
                + RESIZE.formatted(77, 100)
                + stamp
                + "[341] ERROR:  "
                + RESIZE.formatted(78, 200)
                + stamp
                + "[342] ERROR:  relation \"x\" does not exist\n"
                + stamp
                + "[342] STATEMENT:  SELECT c342\n"
                + stamp
                + "[341] STATEMENT:  SELECT c341,\n"
                + "\t       2\n"
                + stamp
                + "[340] STATEMENT:  SELECT c340\n"
                + stamp
                + "[343] ERROR:  "
                + RESIZE.formatted(79, 300)
                + stamp
                + "[343] ERROR:  syntax error\n"
                + stamp
                + "[343] STATEMENT:  SELEC\n");
    assertThat(events)
        .extracting(event -> event.sharedMemory().statement())
        .containsExactly("SELECT c340", "SELECT c341, ?", null);
    assertThat(events)
        .extracting(event -> event.sharedMemory().backendPid())
        .containsExactly(340L, 341L, 343L);
  }

  @Test
  void statements_are_found_far_into_a_log_and_through_syslog_and_loggers() {
    String far = "x\n".repeat(5000);
    LogEvent syslog =
        Logs.only(
            far
                + "Mar  2 08:15:01 h postgres[340]: [2-1] ERROR:  "
                + RESIZE.formatted(77, 100)
                + "Mar  2 08:15:01 h postgres[340]: [2-2] STATEMENT:  SELECT 1\n"
                + "Mar  2 08:15:01 h postgres[340]: [2-3] #011FROM t\n"
                + "Mar  2 08:15:01 h postgres[340]: [3-1] LOG:  done\n");
    assertThat(syslog.sharedMemory().statement()).isEqualTo("SELECT ? FROM t");
    assertThat(syslog.sharedMemory().backendPid()).isEqualTo(340);
    String logger = "[main] INFO pg-9f - ";
    LogEvent logged =
        Logs.only(
            far
                + logger
                + "2026-03-02 08:15:01.118 UTC [340] ERROR:  "
                + RESIZE.formatted(77, 100)
                + logger
                + "2026-03-02 08:15:01.118 UTC [340] STATEMENT:  SELECT 1\n"
                + logger
                + "\tFROM t\n"
                + logger
                + "2026-03-02 08:15:02.118 UTC [340] LOG:  done\n");
    assertThat(logged.sharedMemory().statement()).isEqualTo("SELECT ? FROM t");
  }

  @Test
  void what_is_quoted_of_a_log_holds_no_users_and_no_sql() {
    for (String prefix :
        List.of(
            "2026-03-02 08:15:01.118 UTC [340] user=secret,db=secret ",
            "2026-03-02 08:15:01.118 UTC [340] secret@secret 10.1.2.3(55) ",
            "java.sql.SQLException: SQL [select 'secret']: ",
            "PreparedStatementCallback; select \"secret\"; ")) {
      LogEvent event =
          Logs.only(
              prefix
                  + "ERROR:  could not resize shared memory segment \"/PostgreSQL.77\" to 8 bytes:"
                  + " No space left on device\n"
                  + prefix
                  + "CONTEXT:  SQL statement \"select 'secret'\"\n"
                  + prefix
                  + "STATEMENT:  select 'secret'\n");
      assertThat(event.toString()).contains("/PostgreSQL.77").doesNotContain("secret");
    }
  }

  @Test
  void a_stack_trace_is_no_part_of_a_statement() {
    LogEvent event =
        Logs.only(
            "2026-03-02 08:15:01.118 UTC [340] ERROR:  "
                + RESIZE.formatted(77, 100)
                + "2026-03-02 08:15:01.118 UTC [340] STATEMENT:  SELECT 1\n"
                + "\tat org.example.Dao.load(Dao.java:7)\n"
                + "\tfrom nowhere\n");
    assertThat(event.sharedMemory().statement()).isEqualTo("SELECT ?");
  }

  @Test
  void one_failure_told_by_worker_leader_and_exception_is_one() {
    LogEvent event =
        Logs.only(
            "2026-03-02 08:15:01.118 UTC [341] ERROR:  "
                + RESIZE.formatted(77, 100)
                + "2026-03-02 08:15:01.119 UTC [340] ERROR:  "
                + RESIZE.formatted(77, 100)
                + "2026-03-02 08:15:01.119 UTC [340] CONTEXT:  parallel worker\n"
                + "2026-03-02 08:15:01.119 UTC [340] STATEMENT:  SELECT 1\n"
                + "org.postgresql.util.PSQLException: ERROR: "
                + RESIZE.formatted(77, 100)
                + "\tat org.postgresql.core.v3.QueryExecutorImpl.x(QueryExecutorImpl.java:1)\n"
                + "Caused by: org.postgresql.util.PSQLException: ERROR: "
                + RESIZE.formatted(77, 100));
    assertThat(event.sharedMemory().statement()).isEqualTo("SELECT ?");
  }

  @Test
  void lines_that_a_build_repeats_are_one_failure() {
    String block = IDS.formatted("2026-03-02 08:15:01.118 UTC [7714] ", 918273, 56);
    assertThat(Logs.events(block + "x\n".repeat(4000) + block)).hasSize(1);
    assertThat(Logs.events(block, "2026-03-02T09:00:00.0000000Z x\n" + block)).hasSize(1);
    assertThat(Logs.only(IDS.formatted("", 918273, 56).repeat(2)).notes())
        .anyMatch(note -> note.startsWith("Such lines stand here more than once"));
  }

  @Test
  void several_servers_are_several_failures() {
    assertThat(
            Logs.events(
                IDS.formatted("2026-03-02 08:15:01.118 UTC [7714] ", 918273, 56)
                    + IDS.formatted("2026-03-02 08:15:01.118 UTC [7715] ", 918274, 56)
                    + IDS.formatted("2026-03-02 08:15:01.518 UTC [7716] ", 918273, 56)))
        .hasSize(3);
    assertThat(Logs.events(IDS.formatted("", 918273, 56) + IDS.formatted("", 918299, 56)))
        .hasSize(2);
  }

  @Test
  void initdb_says_so_before_the_server_does() {
    String probes =
        """
        selecting dynamic shared memory implementation ... posix
        selecting default max_connections ... 20
        selecting default shared_buffers ... 400kB
        selecting default time zone ... UTC
        creating configuration files ... ok
        """;
    LogEvent early = Logs.only(probes);
    assertThat(early.kind()).isEqualTo(EventKind.SHM_EXHAUSTED);
    assertThat(early.sharedMemory().earlySignature()).isTrue();
    assertThat(early.sharedMemory().resource()).isNull();
    assertThat(early.sharedMemory().errno()).isNull();
    LogEvent whole =
        Logs.only(
            probes
                + "running bootstrap script ... 2026-03-02 08:15:01.118 UTC [7714] FATAL:  could not"
                + " create shared memory segment: No space left on device\n");
    assertThat(whole.sharedMemory().earlySignature()).isTrue();
    assertThat(whole.sharedMemory().resource()).isEqualTo(SharedMemoryResource.SHMMNI);
    assertThat(whole.sharedMemory().backendPid()).isEqualTo(7714);
    assertThat(whole.sharedMemory().sizeBytes()).isNull();
    assertThat(Logs.only(probes + "running bootstrap script ... ok\n").kind())
        .isEqualTo(EventKind.NO_KILL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        selecting default max_connections ... 100
        selecting default shared_buffers ... 128MB
        """,
        """
        selecting default max_connections ... 20
        selecting default shared_buffers ... 128MB
        """,
        "selecting default max_connections ... 100\n",
        "write /dev/shm/cache.bin: no space left on device | | ENOSPC | DEV_SHM",
        "in shmget wrapper (shmget): key 0x1f failed: No space left on device | shmget | ENOSPC |"
            + " SHMMNI_OR_SHMALL",
        """
        <para>An error message like:
        <screen>
        FATAL:  could not create shared memory segment: Invalid argument
        DETAIL:  Failed system call was shmget(key=5440001, size=4011376640, 03600).
        </screen>
        """,
        "cp: error writing '/data/x': No space left on device\n",
        "FATAL:  could not write lock file \"postmaster.pid\": No space left on device\n",
        "2026-03-02 08:15:01 UTC [9] ERROR:  could not extend file \"base/5/1\": No space left on"
            + " device\n2026-03-02 08:15:01 UTC [9] HINT:  Check free disk space.\n",
        "ERROR:  could not resize shared memory segment \"pg_dynshmem/mmap.77\" to 100 bytes: No"
            + " space left on device\n",
        "HINT:  This error does *not* mean that you have run out of disk space.  It occurs either if"
            + " all available shared memory IDs have been taken.\n",
        "DETAIL:  Failed system call was shmget(key=5432001, size=56, 03600).\n",
        "If you see \"FATAL:  could not create shared memory segment: No space left on device\","
            + " raise the count.\n",
        "The message `could not create shared memory segment: No space left on device` is not about"
            + " the disk.\n",
        "# FATAL:  could not create shared memory segment: No space left on device\n",
        "could not create shared memory segment: No space left on device means that ids are taken\n",
        "it may log could not create shared memory segment: No space left on device\n",
        "    ereport(FATAL, (errmsg(\"could not create shared memory segment: %m\"),\n",
        "ENOSPC: shmget() fails with ENOSPC if all possible shared memory IDs have been taken\n",
        "shmget() returns -1 if there is No space left on device\n",
        "FATAL:  could not create shared memory segment: Auf dem Geraet ist kein Platz mehr\n",
        "FATAL:  could not create shared memory seg\n",
        "FATAL:  could not resize shared memory segment \"/PostgreSQL.77\" to 18355\n",
        "ERROR:  could not resize shared memory segment \"/PostgreSQL.77\" to 9 bytes: Interrupted"
            + " system call\n",
        "session deleted because of page crash\n",
        "chrome --headless --no-sandbox --disable-dev-shm-usage\nsession deleted because of page"
            + " crash\n",
        "2026-03-02 08:15:01 UTC [9] STATEMENT:  SELECT 'could not create shared memory segment: No"
            + " space left on device'\n"
      })
  void what_only_reads_like_it_is_none(String log) {
    assertThat(Logs.events(log)).isEmpty();
  }

  @Test
  void a_server_that_still_runs_is_no_stale_file() {
    LogEvent event =
        Logs.only(
            """
            2026-03-02 08:15:01 UTC [9] FATAL:  pre-existing shared memory block (key 918273, ID 65538) is still in use
            2026-03-02 08:15:01 UTC [9] HINT:  Terminate any old server processes associated with data directory "/srv/pg/data".
            """);
    assertThat(event.sharedMemory().resource())
        .isEqualTo(SharedMemoryResource.DATA_DIRECTORY_IN_USE);
    assertThat(event.sharedMemory().key()).isEqualTo(918273);
    assertThat(event.sharedMemory().id()).isEqualTo(65538);
    assertThat(event.detail()).containsExactly("The data directory is /srv/pg/data.");
  }

  @Test
  void anonymous_memory_is_the_kernels() {
    LogEvent event =
        Logs.only(
            """
            FATAL:  could not map anonymous shared memory: Cannot allocate memory
            HINT:  This error usually means that PostgreSQL's request for a shared memory segment exceeded available memory, swap space, or huge pages. To reduce the request size (currently 8879988736 bytes), reduce PostgreSQL's shared memory usage.
            """);
    assertThat(event.sharedMemory().resource()).isEqualTo(SharedMemoryResource.KERNEL_MEMORY);
    assertThat(event.sharedMemory().call()).isEqualTo("mmap");
    assertThat(event.sharedMemory().sizeBytes()).isEqualTo(8_879_988_736L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WARNING:  could not remove", "ERROR:  could not open"})
  void removed_memory_is_neither_a_leak_nor_a_lack(String words) {
    LogEvent event =
        Logs.only(words + " shared memory segment \"/PostgreSQL.77\": No such file or directory\n");
    assertThat(event.kind()).isEqualTo(EventKind.NO_KILL);
    assertThat(event.sharedMemory().resource()).isEqualTo(SharedMemoryResource.REMOVED);
  }

  @Test
  void semaphores_have_limits_of_their_own() {
    SharedMemoryFailure failure =
        Logs.only(
                """
                FATAL:  could not create semaphores: No space left on device
                DETAIL:  Failed system call was semget(5433017, 17, 03600).
                """)
            .sharedMemory();
    assertThat(failure.resource()).isEqualTo(SharedMemoryResource.SEMAPHORES);
    assertThat(failure.call()).isEqualTo("semget");
    assertThat(failure.key()).isEqualTo(5433017);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shmget failed: No space left on device | shmget | ENOSPC | SHMMNI_OR_SHMALL",
        "shmget: No space left on device | shmget | ENOSPC | SHMMNI_OR_SHMALL",
        "shmget() failed with errno 28 | shmget | ENOSPC | SHMMNI_OR_SHMALL",
        "shmget(IPC_PRIVATE, 4096, 0600) = -1 ENOSPC (No space left on device) | shmget |"
            + " ENOSPC | SHMMNI",
        "myd[7]: shmget failed: Invalid argument | shmget | EINVAL | SHMMAX",
        "shmat: Too many open files | shmat | EMFILE | SHMSEG",
        "shmat(id=65538, addr=0x0, flags=0x0) failed: Too many open files | shmat | EMFILE | SHMSEG",
        "semget: No space left on device | semget | ENOSPC | SEMAPHORES",
        "ORA-27300: OS system dependent operation:semget failed with status: 28 | semget | ENOSPC |"
            + " SEMAPHORES",
        "Warning: sem_get(): failed for key 0x7b: No space left on device in /a.php on line 3 |"
            + " semget | ENOSPC | SEMAPHORES",
        "OSError: [Errno 28] No space left on device: '/psm_5f1c22aa' | shm_open | ENOSPC | DEV_SHM",
        "shm_open: Too many open files | shm_open | EMFILE | FILE_DESCRIPTORS",
        "FATAL:  could not open shared memory segment \"/PostgreSQL.7\": Too many open files in"
            + " system | shm_open | ENFILE | FILE_DESCRIPTORS",
        "shm_open failed: Operation not permitted | shm_open | EPERM | SANDBOX",
        "cp: error writing '/dev/shm/cache.bin': No space left on device | | ENOSPC | DEV_SHM",
        "RuntimeError: unable to write to file </torch_44_7>: No space left on device (28) | |"
            + " ENOSPC | DEV_SHM"
      },
      quoteCharacter = '\0')
  void other_programs_tell_of_their_calls(
      String line, String call, String errno, SharedMemoryResource resource) {
    SharedMemoryFailure failure = Logs.only(line + "\n").sharedMemory();
    assertThat(failure.call()).isEqualTo(call);
    assertThat(failure.errno()).isEqualTo(errno);
    assertThat(failure.resource()).isEqualTo(resource);
  }

  @Test
  void oracle_tells_it_in_two_lines() {
    LogEvent event =
        Logs.only(
            "x\n".repeat(4000)
                + "ORA-27102: out of memory\nLinux-x86_64 Error: 28: No space left on device\n");
    assertThat(event.sharedMemory().program()).isEqualTo("Oracle");
    assertThat(event.sharedMemory().resource()).isEqualTo(SharedMemoryResource.SHMMNI_OR_SHMALL);
    assertThat(event.sharedMemory().os()).isEqualTo(OperatingSystem.LINUX);
    assertThat(Logs.events("Linux-x86_64 Error: 28: No space left on device\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "psycopg2.errors.DiskFull: ",
        "pq: ",
        "failed to load orders: ERROR: ",
        "Caused by: org.postgresql.util.PSQLException: ERROR: ",
        "2026-03-02 08:15:01.118 ERROR 7 --- [main] SqlExceptionHelper : ERROR: ",
        "[ERROR]   OrderTest.loads:12 » PSQL ERROR: "
      })
  void clients_repeat_the_error(String prefix) {
    SharedMemoryFailure failure = Logs.only(prefix + RESIZE.formatted(77, 100)).sharedMemory();
    assertThat(failure.segmentName()).isEqualTo("/PostgreSQL.77");
    assertThat(failure.statement()).isNull();
  }

  @Test
  void a_crashed_page_needs_a_hint() {
    LogEvent event =
        Logs.only(
            """
            unknown error: session deleted because of page crash
            shm    65536  65536  0 100% /dev/shm
            """);
    assertThat(event.sharedMemory().program()).isEqualTo("Chromium");
    assertThat(event.sharedMemory().resource()).isEqualTo(SharedMemoryResource.DEV_SHM);
    assertThat(event.sharedMemory().errno()).isNull();
  }

  @Test
  void an_exit_status_is_another_matter() {
    List<LogEvent> events =
        Logs.events(
            IDS.formatted("", 918273, 56) + "Error: Process completed with exit code 137.\n");
    assertThat(events)
        .extracting(LogEvent::kind)
        .containsExactly(EventKind.SHM_EXHAUSTED, EventKind.KILLED);
  }

  @Test
  void very_long_statements_and_numbers_stay_bounded() {
    String odd = "9".repeat(100_000);
    for (String line : IDS.formatted("x [1] ", 918273, 56).split("\n")) {
      Logs.reading((line + odd + "\n").getBytes(StandardCharsets.UTF_8));
      Logs.reading((odd + line + "\n").getBytes(StandardCharsets.UTF_8));
      Logs.reading(line.replace("918273", odd).getBytes(StandardCharsets.UTF_8));
    }
    LogEvent event =
        Logs.only(
            "[340] ERROR:  "
                + RESIZE.formatted(77, 100)
                + "[340] STATEMENT:  SELECT 1\n"
                + ("\t" + "x".repeat(500) + "\n").repeat(300));
    assertThat(event.sharedMemory().statement()).hasSize(4000).endsWith("…");
  }
}
