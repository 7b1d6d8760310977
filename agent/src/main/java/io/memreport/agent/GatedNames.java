// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The classes that are worth a closer look, by their internal names. All others cost a few string
 * comparisons, and a JVM without any of these never loads the weaver.
 */
final class GatedNames {
  private static final String[] PREFIXES = {
    "org/sqlite/",
    "org/h2/",
    "org/postgresql/",
    "com/mysql/",
    "org/mariadb/jdbc/",
    "oracle/jdbc/",
    "com/microsoft/sqlserver/jdbc/",
    "org/apache/derby/",
    "org/hsqldb/",
    "com/ibm/db2/",
    "org/duckdb/",
    "io/trino/jdbc/",
    "org/firebirdsql/",
    "org/junit/platform/launcher/core/ExecutionListenerAdapter",
    "org/junit/platform/engine/support/hierarchical/NodeTestTask",
    "org/junit/runners/ParentRunner",
    "org/junit/runner/notification/RunNotifier",
    "io/memreport/api/Span",
    "org/testng/internal/Invoker",
    "org/testng/internal/TestInvoker",
    "org/testng/internal/ConfigInvoker",
    "org/testng/internal/invokers/TestInvoker",
    "org/testng/internal/invokers/ConfigInvoker",
  };

  /**
   * Of pools just these classes: whatever else passes is searched for drivers, with its parents.
   */
  private static final String[] POOLS = {
    "com/zaxxer/hikari/pool/HikariPool",
    "com/zaxxer/hikari/pool/ProxyConnection",
    "org/apache/commons/dbcp2/BasicDataSource",
    "org/apache/commons/dbcp2/PoolingDataSource$PoolGuardConnectionWrapper",
    "com/mchange/v2/c3p0/impl/AbstractPoolBackedDataSource",
    "com/mchange/v2/c3p0/impl/AbstractNewProxyConnection",
    "com/mchange/v2/c3p0/impl/NewProxyConnection",
    "io/agroal/pool/ConnectionPool",
    "io/agroal/pool/wrapper/ConnectionWrapper",
    "org/springframework/jdbc/datasource/AbstractDriverBasedDataSource",
    "org/springframework/jdbc/datasource/SingleConnectionDataSource",
  };

  /** Of the JDK: where processes start, and where what they print is read. */
  private static final Set<String> OF_JDK =
      Set.of(
          "java/lang/ProcessBuilder",
          "java/lang/ProcessImpl",
          "java/lang/ProcessImpl$ProcessPipeInputStream");

  /** Of the JDK's pools and timers: what is woven once a test begins. */
  static final List<String> POOLS_OF_JDK =
      List.of(
          "java/util/concurrent/ThreadPoolExecutor",
          "java/util/concurrent/ThreadPoolExecutor$Worker",
          "java/util/concurrent/ScheduledThreadPoolExecutor",
          "java/util/concurrent/ForkJoinPool",
          "java/util/concurrent/ForkJoinPool$WorkQueue",
          "java/util/concurrent/ForkJoinTask",
          "java/util/concurrent/CompletableFuture",
          "java/util/Timer",
          "java/util/TaskQueue");

  /** Likewise, but of these as many as are used: stages that call what the application gave. */
  private static final Set<String> STAGES =
      Set.of(
          "UniApply",
          "UniAccept",
          "UniRun",
          "UniWhenComplete",
          "UniHandle",
          "UniExceptionally",
          "UniComposeExceptionally",
          "UniCompose",
          "BiApply",
          "BiAccept",
          "BiRun",
          "OrApply",
          "OrAccept",
          "OrRun");

  private static final String STAGE = "java/util/concurrent/CompletableFuture$";

  private static final Set<String> OF_POOLS = Set.copyOf(POOLS_OF_JDK);

  /** With what letters those begin that other loaders define: most classes go by at this. */
  private static final BitSet FIRST = new BitSet();

  static {
    for (String prefix : PREFIXES) {
      FIRST.set(prefix.charAt(0));
    }
    for (String pool : POOLS) {
      FIRST.set(pool.charAt(0));
    }
  }

  /** What classes match that have spans by configuration; null for none. */
  private static volatile Pattern spans;

  private GatedNames() {}

  static void spans(Pattern classes) {
    spans = classes;
  }

  /** Whether the boot loader's class of this name is wanted. */
  static boolean matchBoot(String name) {
    return name.startsWith("java/lang/Process") && OF_JDK.contains(name);
  }

  /** Whether the boot loader's class of this name is wanted once a test begins. */
  static boolean matchPools(String name) {
    return name.startsWith("java/util/")
        && (name.startsWith(STAGE)
            ? STAGES.contains(name.substring(STAGE.length()))
            : OF_POOLS.contains(name));
  }

  static boolean match(String name) {
    Pattern configured = spans;
    if (configured != null && configured.matcher(name.replace('/', '.')).matches()) {
      return true;
    }
    if (name.isEmpty() || !FIRST.get(name.charAt(0))) {
      return false;
    }
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    for (String pool : POOLS) {
      if (name.equals(pool)) {
        return true;
      }
    }
    return false;
  }
}
