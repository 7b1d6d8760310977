// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Refused;
import io.memreport.model.log.Trigger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who got no memory, and what helps there. */
final class RefusalText {
  private static final Pattern BYTES = Pattern.compile("(\\d{1,18}) bytes");

  /** Digits of a size that fits a long. */
  private static final int LONGEST = 19;

  private static final String SYSTEM =
      "Look at free -m, sysctl vm.overcommit_memory, ulimit -v and the memory limit of the container.";

  private RefusalText() {}

  static String headline(LogEvent event) {
    Refused who = Refused.of(event);
    if (who == null) {
      return "A program got no memory; nobody killed it.";
    }
    return switch (who) {
      case PIDS ->
          "The pids limit of "
              + EventHeadline.last(event.limitCgroup())
              + " refused a new thread or process.";
      case SQLITE -> "SQLite got no memory (SQLITE_NOMEM); nobody was killed for it.";
      case NODE -> "Node.js reached its own heap limit and ended itself; nobody killed it.";
      case GO -> "A program in Go got no memory and ended itself; nobody killed it.";
      case INNODB -> "MySQL got no memory for InnoDB's buffer pool" + asked(event) + ".";
      case MYSQL -> "MySQL or MariaDB got no memory" + asked(event) + "; nobody killed it.";
      case MYSQL_SORT -> "A query of MySQL found its sort buffer too small; nobody was killed.";
      case REDIS -> "Redis could not fork to save its data: the system had no memory for it.";
      case POSTGRESQL ->
          "A query of PostgreSQL got no memory" + asked(event) + "; nobody was killed.";
      case PHP -> "A script of PHP reached its memory_limit" + limit(event) + "; nobody killed it.";
      case PYTHON -> "A program in Python got no memory" + asked(event) + "; nobody killed it.";
      case RUBY -> "A program in Ruby got no memory; nobody killed it.";
      case R -> "A program in R got no memory" + asked(event) + "; nobody killed it.";
      case JULIA -> "A program in Julia got no memory; nobody killed it.";
      case PERL -> "A program in Perl got no memory and ended itself; nobody killed it.";
      case HASKELL ->
          "A program in Haskell got no memory"
              + asked(event)
              + " and ended itself; nobody killed it.";
      case OCAML -> "A program in OCaml got no memory and ended itself; nobody killed it.";
      case GUEST -> "QEMU could not start: the system had no memory for its guest.";
      case NGINX -> "nginx got no memory" + asked(event) + "; nobody killed it.";
      case DOTNET -> "A .NET program ran out of memory (OutOfMemoryException); nobody killed it.";
      case CPP -> "A program in C++ got no memory and ended itself; nobody killed it.";
      case ERLANG -> "An Erlang VM got no memory" + asked(event) + " and ended itself.";
      case JVM_START ->
          "A JVM could not start: the system refused it its heap" + asked(event) + ".";
      case JVM_CHILD -> "A JVM could not start a process: the system had no memory for the fork.";
      case SHELL_CHILD ->
          "A shell could not start a process: the system had no memory for the fork.";
      case CHILD -> "A program could not start a process: the system had no memory for the fork.";
      case TASK -> "The system refused a program a new thread or process; nobody was killed.";
      case GPU ->
          "A GPU had no memory left for a program" + asked(event) + "; nobody was killed for it.";
      case COMMIT ->
          name(event) == null || event.trigger().tid() == null
              ? "Windows refused a program memory"
                  + asked(event)
                  + ": its commit limit was reached."
              : "Windows was low on virtual memory: "
                  + process(event)
                  + " had the most"
                  + asked(event)
                  + ".";
      case SWAP ->
          "The system had no swap left to grow the stack of "
              + (event.victim() == null
                  ? "a process"
                  : Names.shown(event.victim().name()) + " (pid " + event.victim().pid() + ")")
              + ".";
      case OVERCOMMIT ->
          "The kernel's overcommit rule refused "
              + process(event)
              + " memory"
              + asked(event)
              + "; nobody was killed.";
      case CHROMIUM ->
          "A page of the browser got no memory" + asked(event) + " and crashed; nobody killed it.";
      case RUST ->
          "A program in Rust got no memory" + asked(event) + " and ended itself; nobody killed it.";
      case CLICKHOUSE ->
          "A query of ClickHouse reached the server's own memory limit" + limit(event) + ".";
      case ELASTICSEARCH ->
          "Elasticsearch refused a request at its circuit breaker"
              + limit(event)
              + "; nobody died.";
      case MONGODB ->
          "A query of MongoDB reached the server's own memory limit; nobody was killed.";
      case MONGODB_SERVER -> "MongoDB got no memory from the system; nobody killed it.";
      case SQL_SERVER -> "A query of SQL Server got no memory; nobody was killed.";
      case REDIS_MAXMEMORY -> "Redis refused a command at its own maxmemory; nobody was killed.";
      case REDIS_SERVER ->
          "Redis got no memory" + asked(event) + " and ended itself; nobody killed it.";
      case COMPILER ->
          "A compiler or linker got no memory" + asked(event) + " and gave up; nobody killed it.";
      case MSVC -> "Microsoft's compiler or linker got no memory and gave up; nobody killed it.";
      case GIT -> "Git got no memory" + asked(event) + " and gave up; nobody killed it.";
    };
  }

  private static String process(LogEvent event) {
    Trigger who = event.trigger();
    return who == null || who.name() == null
        ? "a process"
        : Names.shown(who.name()) + (who.tid() == null ? "" : " (pid " + who.tid() + ")");
  }

  private static String asked(LogEvent event) {
    Matcher bytes =
        event.trigger() == null || event.trigger().allocation() == null
            ? null
            : BYTES.matcher(event.trigger().allocation());
    return bytes != null && bytes.matches() && bytes.group(1).length() < LONGEST
        ? " (" + Units.bytes(Long.parseLong(bytes.group(1))) + ")"
        : "";
  }

  private static String name(LogEvent event) {
    return event.trigger() == null ? null : event.trigger().name();
  }

  private static String limit(LogEvent event) {
    LogLimit limit = event.limit();
    return limit == null ? "" : " of " + Units.bytes(limit.limitBytes());
  }

  static List<String> advice(LogEvent event) {
    Refused who = Refused.of(event);
    if (who == null) {
      return List.of(SYSTEM);
    }
    return switch (who) {
      case PIDS -> EventAdvice.threads(event);
      case SQLITE ->
          List.of(
              "Look at PRAGMA hard_heap_limit, at ulimit -v and at the memory that was left: SQLite got"
                  + " none for a query or its page cache.",
              "Read large results and values in parts, and lower PRAGMA cache_size if it is large.");
      case NODE ->
          List.of(
              "Find what fills the heap: node --heapsnapshot-near-heap-limit=2, then compare the"
                  + " snapshots.",
              "If it is needed, raise the limit: NODE_OPTIONS=--max-old-space-size (in MiB), below the"
                  + " memory of the machine or container.");
      case GO ->
          List.of(
              SYSTEM, "Set GOMEMLIMIT below that limit, and see what holds memory: pprof's heap.");
      case INNODB ->
          List.of(
              "Lower innodb_buffer_pool_size, or give the machine memory or swap: other programs use it"
                  + " up.",
              SYSTEM);
      case MYSQL ->
          List.of(
              "Lower innodb_buffer_pool_size, max_connections or what each connection may use"
                  + " (sort_buffer_size, join_buffer_size, tmp_table_size): together they have to fit.",
              SYSTEM);
      case MYSQL_SORT ->
          List.of(
              "Raise sort_buffer_size for that session alone, or sort fewer and shorter columns: an index"
                  + " on what is sorted by needs no buffer.");
      case REDIS ->
          List.of(
              "Set vm.overcommit_memory=1: the child that saves shares its pages, and needs few of its"
                  + " own.",
              "Or set maxmemory so that there is room for the pages that change while it saves.");
      case POSTGRESQL ->
          List.of(
              "Lower work_mem, hash_mem_multiplier or the number of connections: each may use work_mem"
                  + " several times.",
              SYSTEM);
      case PHP ->
          List.of(
              "Find what the script holds, or raise memory_limit in php.ini within what the machine has"
                  + " for pm.max_children of them.");
      case PYTHON, R, JULIA ->
          List.of("Read the data in parts, or run fewer workers at a time.", SYSTEM);
      case RUBY, PERL, HASKELL, OCAML, CPP, ERLANG, RUST -> List.of(SYSTEM);
      case GUEST ->
          List.of(
              "Give the guest less memory (-m, or memory in its definition), or free some of the host's: free -m.",
              "With huge pages its memory comes from vm.nr_hugepages; in a container its limit counts too.");
      case NGINX ->
          List.of(
              SYSTEM,
              "See who uses it up: ps aux --sort=-rss. A size beyond all memory is a fault of a module.");
      case DOTNET ->
          List.of(
              "Find what it holds: dotnet-gcdump collect, dotnet-counters. In a container its heap may have"
                  + " 75 % of the limit (DOTNET_GCHeapHardLimitPercent); raise the limit if that is needed.",
              SYSTEM);
      case TASK ->
          List.of(
              EventAdvice.NO_THREAD,
              "Libraries start a thread for each processor of the host: OPENBLAS_NUM_THREADS,"
                  + " OMP_NUM_THREADS, GOMAXPROCS or fewer workers bound that.");
      case GPU ->
          List.of(
              "See who holds the GPU's memory: nvidia-smi; other processes have their part of it. More RAM of"
                  + " the machine does not help.",
              "Let the program ask for less: smaller batches, shorter inputs, lower precision; if much is"
                  + " reserved but unallocated, PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True.");
      case COMMIT ->
          List.of(
              "Make the page file larger, or let Windows manage its size: what counts is commit charge, memory"
                  + " and page file together, used or not.",
              "Or run less at a time: the column Commit size of the task manager shows who has it (a JVM: -Xmx,"
                  + " -Xms).");
      case SWAP ->
          List.of(
              "Add swap: memory is reserved there when it is asked for (swap -s, swap -l show it), and a"
                  + " zone may have a cap (prctl -n zone.max-swap -i zone ZONE).",
              "Or run less at a time: prstat -s size shows who reserves most.");
      case OVERCOMMIT ->
          List.of(
              "Compare Committed_AS with CommitLimit in /proc/meminfo, and look at sysctl"
                  + " vm.overcommit_memory vm.overcommit_ratio.",
              "Add swap, raise vm.overcommit_ratio or set vm.overcommit_memory=0; or let "
                  + process(event)
                  + " ask for less"
                  + (Died.isJvm(name(event)) ? " (-Xmx, -Xms, fewer threads)." : "."));
      case CHROMIUM ->
          List.of(
              "Run fewer pages or specs at a time, and give the machine or container more memory and"
                  + " /dev/shm (docker run --shm-size=1g).",
              "Cypress: experimentalMemoryManagement, a smaller numTestsKeptInMemory; a page's own heap"
                  + " is raised by --js-flags=--max-old-space-size (in MiB).");
      case CLICKHOUSE ->
          List.of(
              "Let the query spill to the disk: max_bytes_before_external_group_by and"
                  + " max_bytes_before_external_sort; or lower max_threads.",
              "If there is more memory, raise max_memory_usage of the user, or"
                  + " max_server_memory_usage_to_ram_ratio of the server.");
      case ELASTICSEARCH ->
          List.of(
              "Send smaller requests (bulks, aggregations), or give the node more heap (ES_JAVA_OPTS),"
                  + " within half of its memory.",
              "See what fills the breakers: GET _nodes/stats/breaker.");
      case MONGODB ->
          List.of("Allow it to use the disk (allowDiskUse: true), or sort and group by an index.");
      case MONGODB_SERVER ->
          List.of(
              "Lower storage.wiredTiger.engineConfig.cacheSizeGB: connections, sorts and indexes need memory"
                  + " beside that cache.",
              SYSTEM);
      case SQL_SERVER ->
          List.of(
              "Compare max server memory (sp_configure; MSSQL_MEMORY_LIMIT_MB in a container) with what the"
                  + " machine or container has, and raise it or the container's limit.",
              "Or let queries ask for less: smaller sorts and hashes, statistics that are up to date, and"
                  + " MAX_GRANT_PERCENT.");
      case REDIS_MAXMEMORY ->
          List.of(
              "Raise maxmemory within what the machine has, or let Redis drop old keys"
                  + " (maxmemory-policy allkeys-lru).");
      case REDIS_SERVER ->
          List.of(
              "Set maxmemory below the memory of the machine or container, with room for the fork that"
                  + " saves.",
              SYSTEM);
      case COMPILER ->
          List.of("Run fewer jobs of the build at a time (make -j, ninja -j).", SYSTEM);
      case MSVC ->
          List.of(
              "Run fewer at a time (/MP, msbuild -m), and the 64-bit tools: PreferredToolArchitecture=x64.",
              "Make the page file larger: what counts on Windows is commit charge, memory and page file together.");
      case GIT ->
          List.of(
              "Lower pack.windowMemory and pack.threads, or fetch less: git clone --depth 1 or"
                  + " --filter=blob:none.",
              SYSTEM);
      case JVM_START ->
          List.of(
              "Lower -Xmx and -Xms: the whole heap is reserved at the start, and a 32-bit JVM has room for some"
                  + " 1.5 GB only.",
              SYSTEM);
      case JVM_CHILD ->
          List.of(
              "Set vm.overcommit_memory=0 or add swap: a fork may need as much address space as the JVM"
                  + " has; -Djdk.lang.Process.launchMechanism=POSIX_SPAWN needs less.",
              SYSTEM);
      case SHELL_CHILD, CHILD ->
          List.of("See who uses the memory: ps -eo pid,rss,args --sort=-rss.", SYSTEM);
    };
  }
}
