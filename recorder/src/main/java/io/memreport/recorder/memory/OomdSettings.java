// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.memory.OomdSettingsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When systemd-oomd would kill on this machine: oomd.conf(5) with its drop-ins, and the limit that
 * distributions set for users' services in drop-ins of theirs. What no file sets is the default.
 */
final class OomdSettings {
  private static final List<String> ROOTS =
      List.of("/usr/lib/systemd", "/lib/systemd", "/run/systemd", "/etc/systemd");
  private static final Pattern SETTING =
      Pattern.compile(
          "(?m)^\\s{0,8}(DefaultMemoryPressureLimit|ManagedOOMMemoryPressureLimit|SwapUsedLimit"
              + "|DefaultMemoryPressureDurationSec)\\s{0,8}=\\s{0,8}(\\d{1,4})(?:\\.(\\d{1,2}))?");

  private long limit = 6000;
  private long seconds = 30;
  private long swap = 9000;
  private final List<String> sources = new ArrayList<>();

  /** Writes them once; nothing where systemd-oomd is not installed. */
  static void write() {
    boolean installed =
        ROOTS.stream().anyMatch(root -> Files.exists(Path.of(root, "systemd-oomd")));
    if (!installed) {
      return;
    }
    OomdSettings settings = new OomdSettings();
    for (String root : ROOTS) {
      settings.read(Path.of(root, "oomd.conf"));
      settings.readFolder(Path.of(root, "oomd.conf.d"));
      settings.readFolder(Path.of(root, "system", "user@.service.d"));
    }
    settings.commit();
  }

  private void commit() {
    OomdSettingsEvent event = new OomdSettingsEvent();
    event.pressureLimit = limit;
    event.pressureSeconds = seconds;
    event.swapUsedLimit = swap;
    event.source = sources.isEmpty() ? "defaults" : String.join(", ", sources);
    event.commit();
  }

  private void readFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(".conf")).sorted().forEach(this::read);
    } catch (IOException e) {
      // What this user may not read says nothing.
      return;
    }
  }

  private void read(Path file) {
    try {
      if (Files.isRegularFile(file) && apply(Files.readString(file))) {
        sources.add(file.toString());
      }
    } catch (IOException e) {
      // As above.
      return;
    }
  }

  /** Whether the text sets anything. */
  boolean apply(String text) {
    boolean sets = false;
    for (Matcher found = SETTING.matcher(text); found.find(); sets = true) {
      long whole = Long.parseLong(found.group(2));
      String decimals = found.group(3) == null ? "0" : found.group(3);
      long hundredths =
          100 * whole + Long.parseLong(decimals.length() == 1 ? decimals + "0" : decimals);
      switch (found.group(1)) {
        case "SwapUsedLimit" -> swap = hundredths;
        case "DefaultMemoryPressureDurationSec" -> seconds = whole;
        default -> limit = hundredths;
      }
    }
    return sets;
  }

  long limit() {
    return limit;
  }

  long seconds() {
    return seconds;
  }

  long swap() {
    return swap;
  }
}
