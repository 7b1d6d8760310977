// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.model.log.OperatingSystem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text tells of the system and the versions of PostgreSQL that it is about. */
final class ServerSigns {
  private static final List<String> MACOS =
      List.of(
          "apple-darwin",
          "Detected a Darwin",
          "/private/var/folders/",
          "/private/tmp/",
          "/opt/homebrew",
          "/var/folders/",
          "/Users/",
          "Darwin Kernel",
          "kern.sysv.");
  private static final List<String> LINUX =
      List.of(
          "linux-gnu",
          "linux-musl",
          "Detected a Linux",
          "Linux version ",
          "Linux-x86_64 Error",
          "GNU/Linux",
          "/dev/shm",
          "/var/lib/postgresql/",
          "/usr/lib/postgresql/",
          "/home/runner/",
          "kernel.shm");

  /** Rare enough that each line with one is looked at. */
  static final List<String> KEYWORDS =
      List.of(
          "apple-darwin",
          "linux-gnu",
          "linux-musl",
          "Detected a Darwin",
          "Detected a Linux",
          "/private/var/folders/",
          "/opt/homebrew",
          "Linux version ",
          "starting PostgreSQL ");

  private static final Pattern STARTING =
      Pattern.compile(
          "starting PostgreSQL (\\d{1,3})[\\w.]{0,20}(?: \\([^)]{0,80}\\))? on (\\S{1,80})");

  private static final Pattern VERSION =
      Pattern.compile(
          "(?:using PostgreSQL version|(?:postgres|initdb) \\(PostgreSQL\\)) (\\d{1,3})");

  private final Set<OperatingSystem> mentioned = EnumSet.noneOf(OperatingSystem.class);
  private final Set<OperatingSystem> servers = EnumSet.noneOf(OperatingSystem.class);
  private final Set<Integer> versions = new TreeSet<>();

  void look(String text) {
    if (MACOS.stream().anyMatch(text::contains)) {
      mentioned.add(OperatingSystem.MACOS);
    }
    if (LINUX.stream().anyMatch(text::contains)) {
      mentioned.add(OperatingSystem.LINUX);
    }
    if (!text.contains("PostgreSQL")) {
      return;
    }
    Matcher version = VERSION.matcher(text);
    if (version.find()) {
      versions.add(Integer.valueOf(version.group(1)));
    }
    Matcher starting = STARTING.matcher(text);
    if (starting.find()) {
      versions.add(Integer.valueOf(starting.group(1)));
      if (starting.group(2).contains("darwin")) {
        servers.add(OperatingSystem.MACOS);
      } else if (starting.group(2).contains("linux")) {
        servers.add(OperatingSystem.LINUX);
      }
    }
  }

  /** The system, or null: a server's own words count more than the paths around it. */
  OperatingSystem system() {
    Set<OperatingSystem> found = servers.isEmpty() ? mentioned : servers;
    return found.size() == 1 ? found.iterator().next() : null;
  }

  /** The major version of all servers here, or null. */
  Integer version() {
    return versions.size() == 1 ? versions.iterator().next() : null;
  }
}
