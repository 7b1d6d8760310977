// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.line.LogLine;
import io.memreport.input.log.platform.Sizes;
import io.memreport.model.log.LogMemory;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file that a dying JVM writes tells beside the error: vmError.cpp and the os_*.cpp of
 * HotSpot. Of the command line only the options of memory are kept: others may hold secrets.
 */
final class HsErr {
  static final List<String> KEYWORDS =
      List.of(
          "Out of Memory Error (",
          "Internal Error (",
          "Java VM: ",
          "Command Line: ",
          "VM Arguments",
          "jvm_args: ",
          "Host: ",
          "Memory: ",
          "time: ",
          "#   ",
          "Cannot create ");

  private static final Pattern PROCESS = Pattern.compile("\\(([\\w.]+):\\d+\\), pid=(\\d{1,10})");
  private static final Pattern OPTION =
      Pattern.compile(
          "-X(?:mx|ms|mn|ss|X:\\+?(?:Max|Min|Initial|Reserved|Use)\\w*(?:=[\\w.]+)?)[\\w.]*");
  private static final Pattern HOST = Pattern.compile("\\d+ cores, (\\d+)([KMG])(?:[,;]|$)");
  private static final Pattern PHYSICAL =
      Pattern.compile(
          "(?:physical|total-phys:?|TotalPhys:?) ?(\\d+)(k|M)\\b ?(?:\\((\\d+)(k|M) free\\))?");
  private static final Pattern HINT =
      Pattern.compile("^# +((?:JVM is running|Th(?:e|is) process is|The system is|In 32) .*)");

  private static final Pattern THREAD =
      Pattern.compile("^(?:# )?Cannot create (?:[\\w ]{0,40} )?thread\\. Out of system resources");

  /** Up to JDK 8 the time has a line of its own. */
  private static final Pattern TIME = Pattern.compile("time: \\w{3} |$");

  private static final int LINES = 2000;

  private EventBuilder event;
  private long first;

  void begin(EventBuilder aborted, LogLine line) {
    if (event != aborted) {
      event = aborted;
      first = line.number();
    }
  }

  /** Whether the line was one of its. */
  boolean read(LogLine line) {
    if (event == null || line.number() - first > LINES) {
      return false;
    }
    Matcher process = PROCESS.matcher(line.text());
    if (process.find()) {
      platform(process.group(1));
      Long pid = Long.valueOf(process.group(2));
      event.sign(line);
      if (event.victims.isEmpty()) {
        event.victim(Victim.named(pid, "java"));
      }
      return true;
    }
    if ((line.has("elapsed time: ") || TIME.matcher(line.text()).lookingAt())
        && line.time() != null) {
      event.at = event.at == null ? line.time() : event.at;
      return true;
    }
    if (line.has("Java VM: ")) {
      platform(line.text());
      return true;
    }
    if (THREAD.matcher(line.text()).find()) {
      event.sign(line).trigger = new Trigger("java", null, null, JvmTexts.THREAD);
      return true;
    }
    return machine(line) || options(line) || hint(line);
  }

  private void platform(String text) {
    if (event.platform != null) {
      return;
    }
    if (text.contains("windows") || text.contains("Windows")) {
      event.platform(Platform.WINDOWS);
    } else if (text.contains("solaris") || text.contains("illumos")) {
      event.platform(Platform.SOLARIS);
    } else if (text.contains("freebsd") || text.contains("FreeBSD")) {
      event.platform(Platform.FREEBSD);
    } else if (text.contains("openbsd")) {
      event.platform(Platform.OPENBSD);
    } else if (text.contains("Darwin") || text.contains("macos")) {
      event.platform(Platform.MACOS);
    }
    if (event.platform != null) {
      // The note that is there speaks of Linux.
      event.notes.remove(JvmTexts.REFUSED);
      event.note(JvmTexts.REFUSED_ELSEWHERE);
    }
  }

  private boolean machine(LogLine line) {
    Matcher host = HOST.matcher(line.text());
    if (line.text().startsWith("Host: ") && host.find()) {
      // The ports to BSD and to macOS share their files, and tell themselves apart here.
      platform(line.text());
      event.sign(line);
      memory(Sizes.bytes(host.group(1) + host.group(2)), null);
      return true;
    }
    Matcher physical = PHYSICAL.matcher(line.text());
    if (line.text().startsWith("Memory: ") && physical.find()) {
      event.sign(line);
      memory(
          Sizes.bytes(physical.group(1) + physical.group(2)),
          physical.group(3) == null ? null : Sizes.bytes(physical.group(3) + physical.group(4)));
      return true;
    }
    return false;
  }

  /** The line with both numbers is the exact one. */
  private void memory(Long total, Long free) {
    if (event.memory == null || free != null) {
      event.memory = new LogMemory(total, free, null, null, null, null, null, null);
    }
  }

  private boolean options(LogLine line) {
    boolean told =
        line.text().startsWith("Command Line: ")
            || line.text().startsWith("jvm_args: ")
            || line.text().startsWith("VM Arguments");
    if (!told) {
      return false;
    }
    StringBuilder options = new StringBuilder();
    Matcher option = OPTION.matcher(line.text());
    while (option.find()) {
      options.append(options.length() == 0 ? "" : " ").append(option.group());
    }
    if (options.length() > 0) {
      event.detail("options of memory: " + options);
    }
    return true;
  }

  private boolean hint(LogLine line) {
    Matcher hint = HINT.matcher(line.text());
    if (hint.find() && event.detail.size() < 12) {
      event.detail("the file says: " + hint.group(1));
      return true;
    }
    return false;
  }
}
