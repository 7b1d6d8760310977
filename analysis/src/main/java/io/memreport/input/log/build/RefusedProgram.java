// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.model.log.Platform;
import io.memreport.model.log.Refused;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How programs that are no JVM say that they got no memory: they say it of themselves, so that each
 * message stands where a message begins, and not within quotes.
 *
 * @param keyword stands in each such line
 * @param pattern its groups: {@code asked}, {@code limit} and {@code used} are bytes or sizes,
 *     {@code pid} and {@code name} are the process, {@code most} is what the largest one has
 */
record RefusedProgram(Refused who, String keyword, Pattern pattern) {
  /** The beginning of a message: of the line, or behind what a logger writes. */
  private static final String BEGIN = "(?:^|^#\\d{1,4} [\\d.]{1,12} |[^\"'`<(\\w] |[\\])|] ?|: )";

  static final List<RefusedProgram> ALL =
      List.of(
          row(
              Refused.NODE,
              "JavaScript heap out of memory",
              BEGIN + "FATAL ERROR: [^\"'`]{1,120} - JavaScript heap out of memory\\b"),
          row(
              Refused.GO,
              "fatal error: ",
              BEGIN
                  + "fatal error: (?:runtime: )?(?:out of memory|cannot allocate memory)(?: \\(.{0,80}\\))?$"),
          row(
              Refused.GO,
              "out of memory: cannot allocate ",
              BEGIN
                  + "runtime: out of memory: cannot allocate (?<asked>\\d{1,15})-byte block"
                  + " \\((?<used>\\d{1,15}) in use\\)"),
          row(
              Refused.INNODB,
              "bytes) failed; errno 12",
              "InnoDB: mmap\\((?<asked>\\d{1,15}) bytes\\) failed; errno 12\\b"),
          row(
              Refused.INNODB,
              "annot allocate memory for the buffer pool",
              "InnoDB(?:: |\\] )(?:Fatal error: )?[Cc]annot allocate memory for the buffer pool"),
          row(
              Refused.INNODB,
              " bytes of memory after ",
              "InnoDB(?:: |\\] )Cannot allocate (?<asked>\\d{1,15}) bytes of memory after \\d{1,9} retries"),
          row(
              Refused.MYSQL,
              "Out of memory (Needed ",
              "(?:\\b(?:mysqld|mariadbd)(?:\\.exe)?: |^ERROR 5 \\(HY000\\).{0,40}: )Out of memory \\(Needed"
                  + " (?<asked>\\d{1,15}) bytes\\)"),
          row(
              Refused.MYSQL,
              "Out of memory; ",
              "^ERROR 1037 \\(HY001\\)(?: at line \\d{1,9}(?: in file: '[^']{1,200}')?)?: Out of memory; restart"
                  + " server and try again \\(needed (?<asked>\\d{1,15}) bytes\\)"),
          row(
              Refused.MYSQL,
              "Out of memory; check if ",
              "Out of memory; check if mysqld or some other process uses all available memory"),
          row(
              Refused.MYSQL_SORT,
              "Out of sort memory",
              "(?:^ERROR 1038 \\(HY001\\)(?: at line \\d{1,9})?: |\\[ERROR\\](?: \\[[\\w-]{1,20}\\]){0,2} (?:\\S{1,100}: )?)"
                  + "Out of sort memory, "),
          row(
              Refused.REDIS,
              "Can't save in background",
              "\\S # Can't save in background: fork: Cannot allocate memory$"),
          row(
              Refused.POSTGRESQL,
              "Failed on request of size",
              "DETAIL: +Failed on request of size (?<asked>\\d{1,15})"),
          row(
              Refused.PHP,
              "Allowed memory size of",
              "(?:^|[^\"'`]) ?(?:PHP )?Fatal error: +Allowed memory size of (?<limit>\\d{1,15}) bytes"
                  + " exhausted \\(tried to allocate (?<asked>\\d{1,15}) bytes\\)"),
          row(
              Refused.PYTHON,
              "MemoryError: Unable to allocate",
              "^(?:E +)?(?:[\\w.]{1,80}\\.)?_?(?:Array)?MemoryError: Unable to allocate"
                  + " (?:(?<asked>[\\d.]{1,12} [KMGT]iB)\\b|array with shape \\()"),
          row(
              Refused.PYTHON,
              "OOM when allocating tensor with shape",
              "ResourceExhaustedError:.{0,120}?(?<=[:}]) +OOM when allocating tensor with shape.{0,300}device:CPU:\\d"),
          // PyTorch of all versions, TensorFlow, JAX and llama.cpp.
          row(
              Refused.GPU,
              " out of memory. Tried to allocate ",
              "(?:^|[Ee]rror: |: )(?:CUDA|HIP|XPU) out of memory\\. Tried to allocate (?<asked>[\\d.]{1,12} [KMGT]iB)"
                  + "(?:\\.? \\(?GPU \\d{1,3}(?:;| has a total capac\\w{1,4} of) (?<limit>[\\d.]{1,12} [KMGT]iB)"
                  + "(?: total capacity)?)?(?:.{0,200}?(?:; |has )(?<used>[\\d.]{1,12} [KMGT]iB)"
                  + " (?:already allocated|memory in use))?"),
          row(
              Refused.GPU,
              "CUDA_ERROR_OUT_OF_MEMORY",
              "failed to allocate [\\d.]{1,12}[KMGT]?i?B? \\((?<asked>\\d{1,18}) bytes\\) from device:"
                  + " CUDA_ERROR_OUT_OF_MEMORY"),
          row(
              Refused.GPU,
              "CUDA error: out of memory",
              "(?:^|[Ee]rror: |\\] )CUDA error: out of memory\\s*$"),
          row(
              Refused.GPU,
              "OOM when allocating tensor with shape",
              "ResourceExhaustedError:.{0,120}?(?<=[:}]) +OOM when allocating tensor with shape.{0,300}device:GPU:\\d"),
          row(
              Refused.GPU,
              "cudaMalloc failed: out of memory",
              "on device \\d{1,3}: cudaMalloc failed: out of memory\\s*$"),
          row(
              Refused.GPU,
              "RESOURCE_EXHAUSTED: Out of memory ",
              "RuntimeError: RESOURCE_EXHAUSTED: Out of memory (?:while trying to allocate|allocating)"
                  + " (?<asked>\\d{1,18}) bytes"),
          // Limits of tasks, met by programs that are no JVM.
          row(
              Refused.TASK,
              "blas_thread_init: pthread_create failed",
              "OpenBLAS blas_thread_init: pthread_create failed(?: for thread \\d{1,6} of \\d{1,6})?:"
                  + " Resource temporarily unavailable"),
          row(
              Refused.TASK,
              "blas_thread_init: pthread_create: ",
              "OpenBLAS blas_thread_init: pthread_create: Resource temporarily unavailable"),
          row(
              Refused.TASK,
              "Thread creation failed: ",
              "^libgomp: Thread creation failed: Resource temporarily unavailable"),
          row(
              Refused.TASK,
              "can't start new thread",
              "^(?:E +)?(?:[\\w.]{1,80}\\.)?(?:RuntimeError|error): can't start new thread$"),
          row(
              Refused.TASK,
              "failed to create new OS thread",
              "^runtime: failed to create new OS thread \\(have \\d{1,9} already; errno=11\\)"),
          row(
              Refused.TASK,
              "can't create Thread: ",
              "can't create Thread: Resource temporarily unavailable \\(ThreadError\\)"),
          row(
              Refused.TASK,
              ": fork: ",
              "^-?(?:[\\w./-]{0,80}: (?:line \\d{1,9}: )?|bash: )fork: (?:retry: )?Resource temporarily unavailable$"),
          // Windows promises no more than memory and page file have.
          row(
              Refused.COMMIT,
              "VirtualAlloc of ",
              "^runtime: VirtualAlloc of (?<asked>\\d{1,18}) bytes failed with errno=1455\\b"),
          row(
              Refused.COMMIT,
              "The paging file is too small",
              "(?:\\[WinError 1455\\]|\\berror=1455,|JVMJ9VM\\w{1,8} Unable to load \\w{1,40}:)"
                  + " ?The paging file is too small|The paging file is too small for this operation to complete\\."
                  + " \\(os error 1455\\)"),
          row(
              Refused.COMMIT,
              "diagnosed a low virtual memory condition",
              "Windows successfully diagnosed a low virtual memory condition\\. +The +following +programs +consumed"
                  + " +the +most +virtual +memory: +(?<name>[^,(]{1,120}?) +\\((?<pid>\\d{1,10})\\) +consumed"
                  + " +(?<most>\\d{1,18}) +bytes"),
          row(
              Refused.SWAP,
              "no swap space to grow stack",
              "Sorry, no swap space to grow stack for pid (?<pid>\\d{1,10}) \\((?<name>[^)]{1,100})\\)"),
          row(Refused.PYTHON, "MemoryError", "^(?:E +)?MemoryError$"),
          row(
              Refused.PYTHON,
              "[Errno 12] ",
              "^(?:E +)?(?:\\w{1,60}\\.)?OSError: \\[Errno 12\\] Cannot allocate memory"),
          row(
              Refused.NODE,
              "reaching memory limit: JS heap out of memory",
              "^(?:(?:Uncaught )?Error(?: \\[ERR_WORKER_OUT_OF_MEMORY\\])?: )?Worker terminated due to reaching"
                  + " memory limit: JS heap out of memory\\b"),
          row(
              Refused.CHROMIUM,
              "Out of memory. size=",
              "^\\[[\\d:/.]{5,40}:FATAL:memory\\.cc\\(\\d{1,5}\\)\\] Out of memory\\. size=(?<asked>\\d{1,15})"),
          row(
              Refused.CHROMIUM,
              ":ERROR:v8_initializer.cc(",
              "^\\[[\\d:/.]{5,40}:ERROR:v8_initializer\\.cc\\(\\d{1,5}\\)\\] V8 (?:process|javascript) OOM "),
          row(
              Refused.CHROMIUM,
              "process gone (reason: oom",
              "(?:renderer|render|utility) process gone \\(reason: oom\\b"),
          row(
              Refused.RUST,
              " bytes failed",
              "(?:^|[^\"'`(\\w]|ETA: {1,4}\\d{1,6}s)memory allocation of (?<asked>\\d{1,20}) bytes failed"
                  + "(?:$|Aborted\\b|[^\"'`\\w ]|\\w{1,12}: line \\d)"),
          row(
              Refused.CLICKHOUSE,
              "DB::Exception: Memory limit (",
              "DB::Exception: Memory limit \\([\\w ]{1,40}\\) exceeded: would use (?<used>[\\d.]{1,20} [KMGT]?i?B)"
                  + " \\(attempt to allocate chunk of (?<asked>\\d{1,20}) bytes\\), (?:current RSS"
                  + " [\\d.]{1,20} [KMGT]?i?B, )?maximum: (?<limit>[\\d.]{1,20} [KMGT]?i?B)"),
          row(
              Refused.ELASTICSEARCH,
              "Data too large, data for [",
              "Data too large, data for \\[.{1,200}?\\] would be (?:\\[(?<used>\\d{1,18})/[\\w.]{1,20}\\], which is)?"
                  + " ?larger than (?:the )?limit of \\[(?<limit>\\d{1,18})/"),
          row(
              Refused.MONGODB,
              "Exceeded memory limit for $",
              "Exceeded memory limit for \\$\\w{1,40}, but didn't allow external "),
          row(
              Refused.MONGODB,
              "ort exceeded memory limit of ",
              "(?:^|[:(] ?|\\] )[Ss]ort exceeded memory limit of (?<limit>\\d{1,15}) bytes, but did not opt in to"
                  + " external sorting"),
          row(
              Refused.SQL_SERVER,
              "insufficient system memory in resource pool",
              "(?:^|spid\\d{1,6}s? +|: )There is insufficient system memory in resource pool '[\\w -]{1,128}' to run this"
                  + " query"),
          // Its logger writes severity, component and thread before a message; since 4.4 as JSON.
          row(
              Refused.MONGODB_SERVER,
              "ut of memory",
              "(?:^|[\\d:+Z] )F +[\\w-]{1,12} +\\[[^\\]]{1,80}\\] (?:Writing fatal message: )?[Oo]ut of memory\\.?\\s*$"),
          row(
              Refused.MONGODB_SERVER,
              "annot allocate memory",
              "(?:^|[\\d:+Z] )[EF] +STORAGE +\\[[^\\]]{1,80}\\] WiredTiger .{0,600}: Cannot allocate memory\\s*$"),
          row(
              Refused.REDIS_MAXMEMORY,
              "OOM command not allowed when used memory",
              "(?:^|[^\"'`\\w] ?)OOM command not allowed when used memory > 'maxmemory'"),
          row(
              Refused.REDIS_SERVER,
              "# Out Of Memory allocating ",
              "# Out Of Memory allocating (?<asked>\\d{1,18}) bytes!$"),
          row(
              Refused.REDIS_SERVER,
              "Redis aborting for OUT OF MEMORY",
              "# Guru Meditation: \"?Redis aborting for OUT OF MEMORY"),
          row(
              Refused.COMPILER,
              "out of memory allocating ",
              "^(?:\\S{1,200}/)?(?:cc1|cc1plus|collect2|lto1|ld|as|f951): out of memory allocating"
                  + " (?<asked>\\d{1,18}) bytes"),
          row(
              Refused.MSVC,
              "compiler is out of heap space",
              "\\bfatal error C10(?:60|02): compiler is out of heap space\\b"),
          row(Refused.MSVC, "LNK1102: ", "^LINK : fatal error LNK1102: out of memory\\b"),
          row(
              Refused.COMPILER,
              "memory exhausted",
              "^(?:(?:\\S{1,200}/)?ld(?:\\.\\w{1,8})?: final link failed: memory exhausted$"
                  + "|virtual memory exhausted: Cannot allocate memory$)"),
          row(
              Refused.GIT,
              "fatal: Out of memory, ",
              "^fatal: Out of memory, \\w{1,20} failed(?: \\(tried to allocate (?<asked>\\d{1,18}) bytes\\))?"),
          row(
              Refused.CHILD,
              "annot allocate memory",
              "(?:^|: )fork/exec \\S{1,200}: cannot allocate memory$"),
          row(Refused.CHILD, "spawn", "^(?:Uncaught )?Error: spawn(?: \\S{1,200})? ENOMEM$"),
          row(
              Refused.CHILD,
              "failed while spawning ",
              "\\[alert\\] \\d{1,10}#\\d{1,10}: fork\\(\\) failed while spawning \"[\\w ]{1,60}\" \\(12: "),
          row(
              Refused.NGINX,
              " failed (12: Cannot allocate memory)",
              "\\[(?:emerg|alert|crit|error)\\] \\d{1,10}#\\d{1,10}: (?:\\*\\d{1,18} )?(?:malloc\\(\\) (?<asked>\\d{1,20})"
                  + " bytes|malloc\\(\\d{1,20}\\)|posix_memalign\\(\\d{1,9}, \\d{1,20}\\)) failed \\(12: "),
          row(
              Refused.GUEST,
              "cannot set up guest memory '",
              "(?:^|\\bqemu-[\\w-]{1,40}: )cannot set up guest memory '[^']{1,80}': (?:Cannot allocate|Out of) memory"),
          row(
              Refused.GUEST,
              "unable to map backing store for guest RAM",
              "(?:^|\\bqemu-[\\w-]{1,40}: )unable to map backing store for guest RAM: Cannot allocate memory"),
          row(
              Refused.R,
              "cannot allocate vector of size ",
              "(?:\\b(?:Error|Warning)(?: in [^:]{0,200})?:? {1,2}|: )cannot allocate vector of size (?<asked>[\\d.]{1,12} [KMGT]b)\\.?$"),
          row(
              Refused.JULIA,
              "OutOfMemoryError()",
              "^ERROR: (?:LoadError: )?OutOfMemoryError\\(\\)$"),
          row(
              Refused.PERL,
              "Out of memory in perl:",
              "^Out of memory in perl:\\w{1,60}:\\w{1,60}$"),
          row(
              Refused.HASKELL,
              ": out of memory (requested ",
              "^[\\w.-]{1,80}: out of memory \\(requested (?<asked>\\d{1,18}) bytes\\)$"),
          row(
              Refused.HASKELL,
              "internal error: Unable to commit ",
              "^[\\w.-]{1,80}: internal error: Unable to commit (?<asked>\\d{1,18}) bytes of memory$"),
          row(
              Refused.OCAML,
              "Out_of_memory",
              "^Fatal error: exception (?:Stdlib\\.)?Out_of_memory$"),
          row(Refused.RUBY, "(NoMemoryError)", "failed to allocate memory \\(NoMemoryError\\)"),
          row(
              Refused.DOTNET,
              "System.OutOfMemoryException",
              "(?:^|Unhandled [Ee]xception[.:] |Exception=|---> )System\\.OutOfMemoryException: "),
          // It ends itself without having been able to make the exception; the trace follows.
          row(Refused.DOTNET, "at System.GC.Allocate", "^at System\\.GC\\.AllocateNewArray\\("),
          row(
              Refused.CPP,
              "std::bad_alloc",
              "(?:^|\\.\\.\\.)terminate called after throwing an instance of 'std::bad_alloc'"),
          row(
              Refused.ERLANG,
              "eheap_alloc: ",
              BEGIN + "eheap_alloc: Cannot (?:re)?allocate (?<asked>\\d{1,15}) bytes of memory"),
          row(
              Refused.JVM_START,
              "Could not reserve enough space for ",
              "^(?:Error: )?Could not reserve enough space for (?:(?<asked>\\d{1,15}[KMG]B) )?(?:object heap|code cache"
                  + "|card marking array)\\b"),
          row(
              Refused.JVM_START,
              "Failed to instantiate heap",
              "JVMJ9VM\\w{1,8} Initialization error for library j9gc\\w{1,10}\\(\\d{1,3}\\): Failed to instantiate"
                  + " heap[.;] +(?<asked>\\d{1,15}[KMG]) requested"),
          row(
              Refused.JVM_CHILD,
              "error=12, ",
              "IOException: (?:Cannot run program \"[^\"]{1,200}\".{0,200}: )?(?:java\\.io\\.IOException: )?"
                  + "error=12, (?:Cannot allocate memory|Not enough space)"),
          row(
              Refused.SHELL_CHILD,
              ": fork: ",
              "^-?(?:[\\w./-]{0,80}: (?:line \\d{1,9}: )?|bash: )fork: (?:retry: )?Cannot allocate memory$"));

  private static RefusedProgram row(Refused who, String keyword, String pattern) {
    return new RefusedProgram(who, keyword, Pattern.compile(pattern));
  }

  /** Pages crash then, which is told beside it. */
  Platform platform() {
    return who == Refused.CHROMIUM ? Platform.BROWSER : null;
  }

  boolean hasGroup(String name) {
    return pattern.pattern().contains("(?<" + name + ">");
  }
}
