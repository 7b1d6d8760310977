// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import java.util.List;
import java.util.regex.Pattern;

/** How programs that are no JVM are told to hold less: a row for each. */
final class KnownPrograms {
  private record Row(Pattern names, String fix) {
    static Row of(String names, String fix) {
      return new Row(Pattern.compile("(?:\\S{0,200}/)?(?:" + names + ")(?:\\.exe)?"), fix);
    }
  }

  /** The kernel has the name of a process's thread, cut off behind 15 bytes. */
  private static final List<Row> ROWS =
      List.of(
          Row.of(
              "node|nodejs|node-MainThread|npm|npm .*|yarn|pnpm|next-server.*|tsc|webpack",
              "for Node.js set NODE_OPTIONS=--max-old-space-size (in MiB), well below what there is"),
          Row.of(
              "postgres|postmaster|postgresql",
              "for PostgreSQL lower work_mem, shared_buffers or max_connections"),
          Row.of(
              "mysqld|mariadbd|mysql|mariadb",
              "for MySQL and MariaDB lower innodb_buffer_pool_size or max_connections"),
          Row.of(
              "redis-server|redis|valkey-server",
              "for Redis set maxmemory and a maxmemory-policy, with room for the fork that saves"),
          Row.of(
              "mongod|mongodb|mongo",
              "for MongoDB lower storage.wiredTiger.engineConfig.cacheSizeGB"),
          Row.of(
              "php-fpm[\\d.]*|php[\\d.]*|php-cgi",
              "for PHP lower pm.max_children or memory_limit: the one times the other has to fit"),
          Row.of("apache2|httpd", "for Apache httpd lower MaxRequestWorkers"),
          Row.of(
              "python[\\d.]*|gunicorn.*|celery.*|uwsgi|pytest|jupyter.*|ipython",
              "for Python run fewer workers at a time, or read the data in parts"),
          Row.of(
              "ruby[\\d.]*|puma.*|sidekiq.*|unicorn.*|bundle|rails",
              "for Ruby run fewer workers and threads, and try MALLOC_ARENA_MAX=2"),
          Row.of("dotnet", "for .NET set DOTNET_GCHeapHardLimit"),
          Row.of(
              "chrome|chromium.*|chrome-headless.*|firefox.*|Web Content|Isolated Web Co",
              "run fewer browsers and pages at a time, and close those that are done with"),
          Row.of(
              "cc1|cc1plus|clang.*|ld|ld\\.\\w+|lld|rustc|cargo|make|ninja|cmake|go|compile|link",
              "run fewer jobs of the build at a time (make -j, ninja -j, cargo build -j)"),
          Row.of(
              "prometheus|grafana|etcd|containerd|dockerd|kubelet|kube-apiserver|traefik|vault|consul",
              "for programs in Go GOMEMLIMIT makes the collector work before the limit"),
          Row.of("beam\\.smp|rabbitmq.*", "for RabbitMQ lower vm_memory_high_watermark"),
          Row.of(
              "qemu-.*|kvm|VBoxHeadless|vmware-vmx",
              "give the virtual machine less memory, or run fewer of them"));

  private KnownPrograms() {}

  /** What makes a program of that name hold less, or null. */
  static String fix(String name) {
    return ROWS.stream()
        .filter(row -> row.names().matcher(name).matches())
        .map(Row::fix)
        .findFirst()
        .orElse(null);
  }
}
