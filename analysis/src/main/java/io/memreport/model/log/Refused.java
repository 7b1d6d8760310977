// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import java.util.Arrays;

/** Whom memory or a thread was refused, without anybody being killed for it. */
public enum Refused {
  /** A new process or thread, by the kernel's pids controller. */
  PIDS("pids.max"),
  /** A query or the page cache of SQLite. */
  SQLITE("SQLITE_NOMEM"),
  /** A Node.js at its own heap limit. */
  NODE("heap of Node.js"),
  /** A program in Go, by the system. */
  GO("memory for Go"),
  /** MySQL or MariaDB, by the system. */
  INNODB("buffer pool of InnoDB"),
  /** MySQL or MariaDB for something else, by the system. */
  MYSQL("memory for MySQL"),
  /** A query of MySQL at the size of its sort buffer. */
  MYSQL_SORT("sort buffer of MySQL"),
  /** The child of Redis that saves, by the system. */
  REDIS("fork of Redis"),
  /** A query of PostgreSQL, by the system. */
  POSTGRESQL("memory for PostgreSQL"),
  /** A script of PHP at its own limit. */
  PHP("memory_limit of PHP"),
  PYTHON("memory for Python"),
  RUBY("memory for Ruby"),
  R("memory for R"),
  JULIA("memory for Julia"),
  PERL("memory for Perl"),
  HASKELL("memory for Haskell"),
  OCAML("memory for OCaml"),
  /** QEMU, by the system, for the memory of a guest. */
  GUEST("memory of a virtual machine"),
  NGINX("memory for nginx"),
  DOTNET("memory for .NET"),
  /** A program in C++, by the system. */
  CPP("memory for C++"),
  ERLANG("memory for Erlang"),
  /** A JVM that did not even start: address space for its heap. */
  JVM_START("heap of a JVM at its start"),
  /** A child process of a JVM, by the system. */
  JVM_CHILD("fork of a JVM"),
  /** A child process of a shell, by the system. */
  SHELL_CHILD("fork of a shell"),
  /** A child process of another program, by the system. */
  CHILD("fork of a program"),
  /** A thread or process of a program that is no JVM, by a limit of tasks. */
  TASK("a new thread or process"),
  /** A program, by a GPU or another accelerator, whose memory is its own. */
  GPU("memory of a GPU"),
  /** Any process, by Windows at its commit limit. */
  COMMIT("commit charge of Windows"),
  /** A stack, by Solaris or illumos without swap to reserve. */
  SWAP("swap of Solaris"),
  /** Any process, by the kernel's rule of how much it may promise. */
  OVERCOMMIT("overcommit"),
  /** A page of Chromium or of what is built on it, by the system or at a limit of V8. */
  CHROMIUM("memory for Chromium"),
  /** A program in Rust, by the system. */
  RUST("memory for Rust"),
  /** A query of ClickHouse at a limit of its own. */
  CLICKHOUSE("memory limit of ClickHouse"),
  /** A request to Elasticsearch or OpenSearch at a limit of its own. */
  ELASTICSEARCH("circuit breaker of Elasticsearch"),
  /** A query of MongoDB at a limit of its own. */
  MONGODB("memory limit of MongoDB"),
  /** MongoDB itself, by the system. */
  MONGODB_SERVER("memory for MongoDB"),
  /** A query of SQL Server in a pool of its own. */
  SQL_SERVER("memory for SQL Server"),
  /** A command to Redis at its own limit. */
  REDIS_MAXMEMORY("maxmemory of Redis"),
  /** Redis itself, by the system. */
  REDIS_SERVER("memory for Redis"),
  /** A compiler or linker, by the system. */
  COMPILER("memory for a compiler"),
  /** Microsoft's compiler or linker, by the system or for its 32 bits. */
  MSVC("heap of Microsoft's compiler"),
  /** Git, by the system. */
  GIT("memory for Git");

  private final String constraint;

  Refused(String constraint) {
    this.constraint = constraint;
  }

  /** What stands as an event's constraint. */
  public String constraint() {
    return constraint;
  }

  /** The one that an event is about, or null. */
  public static Refused of(LogEvent event) {
    return Arrays.stream(values())
        .filter(one -> one.constraint.equals(event.constraint()))
        .findFirst()
        .orElse(null);
  }
}
