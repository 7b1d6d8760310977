// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are no JVM and got no memory: nobody was killed, and no JVM is accused. */
class RefusedProgramsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NODE | FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory | |",
        "NODE | #9 41.2 FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory | |",
        "GO | fatal error: runtime: out of memory | |",
        "GO | Aug 31 16:24:36 h shopd[35]: fatal error: runtime: cannot allocate memory | |",
        "GO | runtime: out of memory: cannot allocate 67108864-byte block (3958046720 in use) | 64.0 MiB |",
        "INNODB | 2026-01-02T03:04:05.6Z 0 [ERROR] InnoDB: mmap(134217728 bytes) failed; errno 12 | 128 MiB |",
        "INNODB | 160101 22:31:29 InnoDB: Fatal error: cannot allocate memory for the buffer pool | |",
        "INNODB | [ERROR] [MY-012956] [InnoDB] Cannot allocate memory for the buffer pool | |",
        "INNODB | 2026-01-02 10:00:00 0 [ERROR] InnoDB: Cannot allocate 137428992 bytes of memory after 60 retries over 60 seconds. OS error: x | 131 MiB |",
        "MYSQL | 2026-01-02 10:00:00 0 [ERROR] mariadbd: Out of memory (Needed 128917504 bytes) | 123 MiB |",
        "MYSQL | ERROR 5 (HY000) at line 3: Out of memory (Needed 128917504 bytes) | 123 MiB |",
        "MYSQL | ERROR 1037 (HY001) at line 12: Out of memory; restart server and try again (needed 65536 bytes) | 64.0 KiB |",
        "MYSQL | [ERROR] [MY-010934] [Server] Out of memory; check if mysqld or some other process uses all available memory; if not | |",
        "MYSQL_SORT | ERROR 1038 (HY001) at line 3: Out of sort memory, consider increasing server sort buffer size | |",
        "MYSQL_SORT | 2026-01-02T03:04:05.6Z 12 [ERROR] [MY-013000] [Server] Out of sort memory, consider increasing server sort buffer size | |",
        "MONGODB | {\"t\":{\"$date\":\"2026-01-02T03:04:05.6+00:00\"},\"s\":\"W\",\"c\":\"QUERY\",\"id\":1,\"ctx\":\"conn7\",\"msg\":\"Plan executor error\",\"attr\":{\"error\":{\"errmsg\":\"Exceeded memory limit for $group, but didn't allow external sort.\"},\"cmd\":{\"who\":\"x@y\"}}} | |",
        "MONGODB | Executor error during find command :: caused by :: Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting. | |",
        "MONGODB_SERVER | {\"t\":{\"$date\":\"2026-01-02T03:04:05.6+00:00\"},\"s\":\"F\",\"c\":\"CONTROL\",\"id\":4757800,\"ctx\":\"conn7\",\"msg\":\"Writing fatal message\",\"attr\":{\"message\":\"out of memory.\\n\"}} | |",
        "MONGODB_SERVER | {\"t\":{\"$date\":\"2026-01-02T03:04:05.6+00:00\"},\"s\":\"E\",\"c\":\"STORAGE\",\"id\":22435,\"ctx\":\"t1\",\"msg\":\"WiredTiger error\",\"attr\":{\"error\":12,\"message\":{\"error_str\":\"Cannot allocate memory\"}}} | |",
        "MONGODB_SERVER | 2016-05-15T09:26:14.759-0400 F -        [conn2] out of memory. | |",
        "MONGODB_SERVER | 2016-05-15T09:26:14.759-0400 E STORAGE  [thread1] WiredTiger (12) [1:2][3:0x7], file:a.wt, WT_SESSION.checkpoint: write error: failed to write 8192 bytes at offset 1: Cannot allocate memory | |",
        "SQL_SERVER | 2026-01-02 03:04:05.67 spid52      There is insufficient system memory in resource pool 'default' to run this query. | |",
        "REDIS | 12:M 14 Oct 03:00:46.069 # Can't save in background: fork: Cannot allocate memory | |",
        "POSTGRESQL | 2026-01-02 03:04:05 UTC [7] DETAIL:  Failed on request of size 1048576 in memory context \"X\". | 1.00 MiB |",
        "PHP | PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 4096 bytes) in /a.php | 4.00 KiB | 128 MiB",
        "PYTHON | numpy.core._exceptions._ArrayMemoryError: Unable to allocate 3.5 GiB for an array with shape (1,) | 3.50 GiB |",
        "PYTHON | MemoryError | |",
        "PYTHON | OSError: [Errno 12] Cannot allocate memory | |",
        "NODE | Error [ERR_WORKER_OUT_OF_MEMORY]: Worker terminated due to reaching memory limit: JS heap out of memory | |",
        "CHROMIUM | [871:0729/021001.695932:FATAL:memory.cc(22)] Out of memory. size=262144 | 256 KiB |",
        "CHROMIUM | [8736:1124/101216.876419:ERROR:v8_initializer.cc(730)] V8 process OOM (Oilpan: Reserving memory.). | |",
        "CHROMIUM | 2026-01-02 03:04:05.678 [error] CodeWindow: renderer process gone (reason: oom, code: -536870904) | |",
        "RUST | memory allocation of 1048576 bytes failed | 1.00 MiB |",
        "RUST | memory allocation of 18446744073709551615 bytes failedAborted | |",
        "CLICKHOUSE | Code: 241. DB::Exception: Memory limit (total) exceeded: would use 2.00 GiB (attempt to allocate chunk of 4720048 bytes), maximum: 1.00 GiB.: While executing X | 4.50 MiB | 1.00 GiB",
        "ELASTICSEARCH | org.elasticsearch.common.breaker.CircuitBreakingException: [parent] Data too large, data for [<http_request>] would be [1984585910/1.8gb], which is larger than the limit of [1960417689/1.8gb] | | 1.83 GiB",
        "ELASTICSEARCH | [parent] Data too large, data for [<http_request>] would be larger than limit of [1478832947/1.3gb] | | 1.38 GiB",
        "MONGODB | PlanExecutor error :: caused by :: Exceeded memory limit for $group, but didn't allow external sort. | |",
        "REDIS_MAXMEMORY | Redis::CommandError: OOM command not allowed when used memory > 'maxmemory'. | |",
        "REDIS_SERVER | 7:M 13 Apr 18:20:04.854 # Out Of Memory allocating 2301 bytes! | 2.25 KiB |",
        "REDIS_SERVER | 7:M 13 Apr 18:20:04.854 # Guru Meditation: Redis aborting for OUT OF MEMORY #redis.c:3560 | |",
        "COMPILER | cc1plus: out of memory allocating 65536 bytes after a total of 536870912 bytes | 64.0 KiB |",
        "MSVC | c1xx : fatal error C1060: compiler is out of heap space [D:\\shop\\a.vcxproj] | |",
        "MSVC | d:\\shop\\a.cpp(7): fatal error C1002: compiler is out of heap space in pass 2 | |",
        "MSVC | LINK : fatal error LNK1102: out of memory | |",
        "COMPILER | /usr/bin/ld: final link failed: memory exhausted | |",
        "COMPILER | virtual memory exhausted: Cannot allocate memory | |",
        "GIT | fatal: Out of memory, malloc failed (tried to allocate 524288000 bytes) | 500 MiB |",
        "CHILD | fork/exec /usr/bin/git: cannot allocate memory | |",
        "CHILD | Error: spawn ENOMEM | |",
        "OVERCOMMIT | [ 5.0] __vm_enough_memory: pid: 12, comm: shopd, bytes: 8589934592 not enough memory for the allocation | 8.00 GiB |",
        "OVERCOMMIT | [ 5.0] __vm_enough_memory: pid: 12, comm: shopd, no enough memory for the allocation | |",
        "RUBY | [FATAL] failed to allocate memory (NoMemoryError) | |",
        "DOTNET | Unhandled exception. System.OutOfMemoryException: Exception of type | |",
        "CPP | terminate called after throwing an instance of 'std::bad_alloc' | |",
        "ERLANG | eheap_alloc: Cannot allocate 2097152 bytes of memory (of type \"heap\"). | 2.00 MiB |",
        "JVM_CHILD | java.io.IOException: Cannot run program \"git\": error=12, Cannot allocate memory | |",
        "SHELL_CHILD | -bash: fork: Cannot allocate memory | |",
        "R | Error: cannot allocate vector of size 3.5 Gb | 3.50 GiB |",
        "R | Warning: Error in fit: cannot allocate vector of size 70.0 Mb | 70.0 MiB |",
        "R | ERROR [2026-01-02 03:04:05] step failed, see x.log. : Error: cannot allocate vector of size 70.0 Mb | 70.0 MiB |",
        "JULIA | ERROR: OutOfMemoryError() | |",
        "PERL | Out of memory in perl:util:safemalloc | |",
        "HASKELL | shop: out of memory (requested 2097152 bytes) | 2.00 MiB |",
        "HASKELL | ghc-9.4: internal error: Unable to commit 1048576 bytes of memory | 1.00 MiB |",
        "OCAML | Fatal error: exception Stdlib.Out_of_memory | |",
        "GUEST | (qemu) qemu-system-aarch64: cannot set up guest memory 'mach-virt.ram': Cannot allocate memory | |",
        "GUEST | 2026-01-02T03:04:05.678901Z qemu-kvm: unable to map backing store for guest RAM: Cannot allocate memory | |",
        "NGINX | 2026/01/02 03:04:05 [emerg] 55#0: *7 malloc(4096) failed (12: Cannot allocate memory), client: 10.0.0.1 | |",
        "NGINX | 2026/01/02 03:04:05 [emerg] 55#55: *7 malloc() 1048576 bytes failed (12: Cannot allocate memory), client: 10.0.0.1 | 1.00 MiB |",
        "NGINX | 2026/01/02 03:04:05 [emerg] 55#55: posix_memalign(16, 16384) failed (12: Cannot allocate memory) | |",
        "CHILD | 2026/01/02 03:04:05 [alert] 55#55: fork() failed while spawning \"worker process\" (12: Cannot allocate memory) | |",
        "GPU | torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 3.50 GiB. GPU 1 has a total capacity of 24.00 GiB of which 1.00 GiB is free. Process 7 has 23.00 GiB memory in use. | 3.50 GiB |",
        "GPU | RuntimeError: CUDA out of memory. Tried to allocate 640.00 MiB (GPU 0; 12.00 GiB total capacity; 10.50 GiB already allocated; 96.00 MiB free) | 640 MiB |",
        "GPU | RuntimeError: HIP out of memory. Tried to allocate 64.00 MiB | 64.0 MiB |",
        "GPU | 2026-01-02 03:04:05.678: E driver.cc:7] failed to allocate 2.00G (2147483648 bytes) from device: CUDA_ERROR_OUT_OF_MEMORY: out of memory | 2.00 GiB |",
        "GPU | RuntimeError: CUDA error: out of memory | |",
        "GPU | ResourceExhaustedError: {{node add_7}} OOM when allocating tensor with shape[8,64] and type float on /job:w/device:GPU:0 by allocator x | |",
        "GPU | ggml_alloc: allocating 4096.00 MiB on device 0: cudaMalloc failed: out of memory | |",
        "GPU | jaxlib.XlaRuntimeError: RuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 1073741824 bytes. | 1.00 GiB |",
        "PYTHON | ResourceExhaustedError: {{function_node __inference_7}} OOM when allocating tensor with shape[8,64] and type float on /job:w/device:CPU:0 by allocator cpu | |",
        "PYTHON | MemoryError: Unable to allocate array with shape (70000, 70000) and data type float64 | |",
        "TASK | OpenBLAS blas_thread_init: pthread_create failed for thread 3 of 8: Resource temporarily unavailable | |",
        "TASK | OpenBLAS blas_thread_init: pthread_create: Resource temporarily unavailable | |",
        "TASK | libgomp: Thread creation failed: Resource temporarily unavailable | |",
        "TASK | RuntimeError: can't start new thread | |",
        "TASK | runtime: failed to create new OS thread (have 9 already; errno=11) | |",
        "TASK | /a/b.rb:7:in `start': can't create Thread: Resource temporarily unavailable (ThreadError) | |",
        "TASK | -bash: fork: retry: Resource temporarily unavailable | |",
        "TASK | ./run.sh: line 7: fork: Resource temporarily unavailable | |",
        "COMMIT | runtime: VirtualAlloc of 65536 bytes failed with errno=1455 | 64.0 KiB |",
        "COMMIT | OSError: [WinError 1455] The paging file is too small for this operation to complete | |",
        "COMMIT | Error: The paging file is too small for this operation to complete. (os error 1455) | |",
        "COMMIT | JVMJ9VM011W Unable to load j9x: The paging file is too small for this operation to complete. | |",
        "COMMIT | Windows successfully diagnosed a low virtual memory condition. The following programs consumed the most virtual memory: shop.exe (55) consumed 2147483648 bytes, and b.exe (7) consumed 5 bytes. | 2.00 GiB |",
        "SWAP | Jan  2 03:04:05 h genunix: [ID 7 kern.warning] WARNING: Sorry, no swap space to grow stack for pid 55 (shopd) | |",
        "NODE | Error: Worker terminated due to reaching memory limit: JS heap out of memory | |",
        "RUST | Building 3/9 ETA:   12smemory allocation of 1048576 bytes failed | 1.00 MiB |",
        "DOTNET | System.AggregateException: One or more errors ---> System.OutOfMemoryException: Array dimensions exceeded | |",
        "DOTNET | at System.GC.AllocateNewArray(IntPtr, Int32) | |",
        "CPP | solving ...terminate called after throwing an instance of 'std::bad_alloc' | |",
      })
  void it_is_refused(Refused who, String line, String asked, String limit) {
    LogEvent event = Logs.only(line + "\n" + line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.REFUSED);
    assertThat(Refused.of(event)).isEqualTo(who);
    Explanation explanation = LogDiagnosis.explain(event);
    assertThat(explanation.headline()).hasSizeLessThanOrEqualTo(90);
    assertThat(String.join(" ", explanation.advice())).isNotBlank();
    if (who != Refused.COMMIT) {
      assertThat(String.join(" ", explanation.advice())).doesNotContain("-Xmx");
    }
    if (asked != null) {
      assertThat(event.trigger().allocation()).endsWith(" bytes");
    }
    boolean ownLimit = who == Refused.PHP || who == Refused.CLICKHOUSE;
    boolean tellsSize = asked != null && who != Refused.GO && !ownLimit;
    assertThat(explanation.headline().contains("(" + asked + ")")).isEqualTo(tellsSize);
    assertThat(explanation.headline().contains("" + limit)).isEqualTo(limit != null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const OOM = \"FATAL ERROR: x - JavaScript heap out of memory\";",
        "The build ends with `FATAL ERROR: x - JavaScript heap out of memory` on small machines.",
        "combined = \"fatal error: runtime: out of memory\"",
        "except MemoryError:",
        "It prints that memory allocation of 100 bytes failed on small machines",
        "LOG: 2026 DEBUG:  mmap(1130364928) with MAP_HUGETLB failed, huge pages disabled: Cannot allocate memory",
        "Free memory is lower than 5%; Currently used: 95.06%",
        "memory resource limit alarm set on node rabbit@shop-0.",
        "the plan step (fatal error: runtime: out of memory). Use a file.",
        "WARNING overcommit_memory is set to 0! Background save may fail under low memory condition.",
        "# Can't save in background: fork: Cannot allocate memory",
        "> Can't save in background: fork: Invalid argument",
        "InnoDB: mmap(137363456 bytes) failed; errno 13",
        "InnoDB: Initializing buffer pool, total size = 128M",
        "} catch (System.OutOfMemoryException e) {",
        "throw new System.OutOfMemoryException: none",
        "raise MemoryError: Unable to allocate",
        "2026-01-02T03:04:05.6+0000 I COMMAND  [conn2] out of memory.",
        "2016-05-15T09:26:14.759-0400 E STORAGE  [thread1] WiredTiger (28) [1:2], file:a.wt: No space left on device",
        "it answers that There is insufficient system memory in resource pool 'default' to run this query",
        "Out of sort memory, consider increasing server sort buffer size",
        "the server writes Out of memory (Needed 128917504 bytes) then",
        "Allowed memory size of a script is 128M",
        "java.io.IOException: Cannot run program \"git\": error=2, No such file or directory",
        "we fork: Cannot allocate memory is what it says then",
        "catch (const std::bad_alloc& e)",
        "OpenBLAS blas_thread_init: pthread_create failed for thread 3 of 8: Operation not permitted",
        "c1xx : fatal error C1090: PDB API call failed, error code '24'",
        "the trainer says CUDA out of memory. Try a smaller batch",
        "pytorch: catches `CUDA out of memory. Tried to allocate` and retries",
        "runtime: VirtualAlloc of 65536 bytes failed with errno=487",
        "runtime: failed to create new OS thread (have 9 already; errno=1)",
        "one may see: fork: Resource temporarily unavailable there",
        "Windows will diagnose a low virtual memory condition",
        "at System.GC.Collect()",
        "it says cannot allocate vector of size 3.5 Gb when it is large",
        "Out of memory!",
        "2026/01/02 03:04:05 [alert] 55#0: ioctl(FIONBIO) failed while spawning \"worker process\" (22: Invalid argument)",
        "Unable to lock JVM Memory: error=12, reason=Cannot allocate memory",
        "[9:0x1] 41 ms: Scavenge 58.5 (61.0) -> 58.1 (61.0) MB, 5.1 / 0.0 ms",
      })
  void what_only_speaks_of_it_is_none(String line) {
    assertThat(Logs.events(line + "\n")).isEmpty();
  }

  /** One without memory has no name in the first line and ends for it in the next. */
  @Test
  void a_program_in_go_on_windows_fails_once() {
    LogEvent event =
        Logs.only(
            """
            runtime: VirtualAlloc of 65536 bytes failed with errno=1455
            fatal error: out of memory
            runtime: out of memory: cannot allocate 65536-byte block (4096 in use)
            """);
    assertThat(Refused.of(event)).isEqualTo(Refused.COMMIT);
    assertThat(event.signs()).hasSizeGreaterThan(1);
  }

  @Test
  void windows_names_who_had_most_and_accuses_nobody() {
    LogEvent event =
        Logs.only(
            "Windows successfully diagnosed a low virtual memory condition. The following programs"
                + " consumed the most virtual memory: shop.exe (55) consumed 2147483648 bytes.\n");
    assertThat(event.victims()).isEmpty();
    assertThat(event.trigger().name()).isEqualTo("shop.exe");
    assertThat(LogDiagnosis.explain(event).headline())
        .isEqualTo("Windows was low on virtual memory: shop.exe (pid 55) had the most (2.00 GiB).");
  }

  @Test
  void a_stack_without_swap_has_a_process() {
    LogEvent event = Logs.only("WARNING: Sorry, no swap space to grow stack for pid 55 (shopd)\n");
    assertThat(event.victim().pid()).isEqualTo(55);
    assertThat(LogDiagnosis.explain(event).headline())
        .isEqualTo("The system had no swap left to grow the stack of shopd (pid 55).");
    assertThat(LogDiagnosis.explain(event).advice().get(0)).contains("zone.max-swap");
  }

  @Test
  void a_gpu_is_not_the_machine() {
    LogEvent event =
        Logs.only(
            "RuntimeError: CUDA out of memory. Tried to allocate 640.00 MiB (GPU 0; 12.00 GiB total"
                + " capacity; 10.50 GiB already allocated; 96.00 MiB free)\n");
    assertThat(event.limit().limitBytes()).isEqualTo(12L << 30);
    assertThat(event.limit().usageBytes()).isEqualTo(21L << 29);
    assertThat(LogDiagnosis.explain(event).advice().get(0)).contains("nvidia-smi", "does not help");
  }

  @Test
  void the_last_collection_tells_the_heap_of_node() {
    LogEvent event =
        Logs.only(
            """
            [77:0x3dc6a230] 788 ms: Scavenge 1000.5 (1100.0) -> 1024.0 (1187.8) MB, 5.1 / 0.0 ms
            FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
            """);
    assertThat(event.victim().pid()).isEqualTo(77);
    assertThat(event.victim().name()).isEqualTo("node");
    assertThat(event.limits()).singleElement().matches(limit -> limit.usageBytes() == 1L << 30);
  }
}
