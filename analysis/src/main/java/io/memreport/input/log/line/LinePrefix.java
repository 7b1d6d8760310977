// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import io.memreport.model.log.LogTime;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes off what writers of logs put before a line: times, hosts, programs, priorities and threads,
 * in whatever order. Nothing relies on it but the name of a thread that stands at the beginning of
 * a line, and the time.
 */
public final class LinePrefix {
  private static final Pattern UPTIME = Pattern.compile("\\[ *+(\\d{1,10}\\.\\d{1,9})\\] ?");
  private static final Pattern CALLER = Pattern.compile("\\[ *+[TC]\\d{1,10}\\] ?");
  private static final Pattern PRIORITY = Pattern.compile("<\\d{1,3}>(?:1 (?=\\d{4}-))?");
  private static final Pattern KMSG =
      Pattern.compile("\\d{1,4},\\d{1,18},(\\d{1,17}),[-+c][^;]{0,100};");
  private static final Pattern EPOCH = Pattern.compile("(\\d{9,10})\\.(\\d{6})(?= )");

  /** Kubernetes' container runtimes, behind the time. */
  private static final Pattern CRI = Pattern.compile("std(?:out|err) [FP] ");

  /** Host, program, process, message and structured data of RFC 5424. */
  private static final Pattern SYSLOG =
      Pattern.compile(
          "\\S{1,255} \\S{1,48} \\S{1,128} \\S{1,32} (?:-|(?:\\[[^\\]]{0,400}\\]){1,9})(?: \ufeff?|$)");

  /** A JVM's error file names its time so. */
  private static final Pattern NAMED_TIME =
      Pattern.compile("[Tt]ime: (?=\\p{L}{3} \\p{L}{3} +\\d{1,2} \\d\\d:)");

  private static final Pattern FACILITY = Pattern.compile("kern: +[a-z]{2,8}: +");
  private static final Pattern CONTAINER = Pattern.compile("[\\w.-]{1,100} +\\| ");
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(?:[^\\s:\\[]{1,255}+ +)?([^\\s:\\[\\]]{1,64})(?:\\[(\\d{1,10})\\])?:(?: |$)");
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]{14,60})\\]:? ?");

  /** These words and a colon begin what a writer says, and name no program. */
  private static final Set<String> OWN_WORDS =
      Set.of(
          "memory",
          "memory+swap",
          "swap",
          "kmem",
          "oom-kill",
          "oom_reaper",
          "sysrq",
          "SysRq",
          "PANIC",
          "FATAL",
          "ERROR",
          "DETAIL",
          "HINT",
          "CONTEXT",
          "QUERY",
          "STATEMENT",
          "RequestId");

  private final Timestamps timestamps;
  private final String text;
  private int at;
  private String timeText;
  private Instant instant;
  private Double uptime;
  private boolean assumed;
  private boolean programSeen;
  private boolean container;
  private boolean versioned;
  private Long writerPid;

  private LinePrefix(Timestamps timestamps, String text) {
    this.timestamps = timestamps;
    this.text = text;
  }

  /** The time that a text is, or null. */
  public static LogTime time(String text, Timestamps timestamps) {
    return strip(text + " ", timestamps, "", 0).time();
  }

  public static LogLine strip(String text, Timestamps timestamps, String source, long number) {
    LinePrefix prefix = new LinePrefix(timestamps, text);
    while (!prefix.container && prefix.step()) {
      // Each step takes something off.
    }
    if (prefix.container) {
      // What a container wrote may have a prefix of its own, and a better time.
      LogLine inner = strip(text.substring(prefix.at), timestamps, source, number);
      return inner.time() == null ? inner.at(prefix.time()) : inner;
    }
    return new LogLine(
        text.substring(prefix.at),
        prefix.time(),
        prefix.writerPid,
        prefix.isIndented(),
        source,
        number);
  }

  /** One space parts the text from its prefix; a tab has become a space by now. */
  private boolean isIndented() {
    boolean space = at > 0 && text.charAt(at - 1) == ' ';
    return space && (at == 1 || text.charAt(at - 2) == ' ');
  }

  private LogTime time() {
    return timeText == null ? null : new LogTime(timeText, instant, uptime, assumed);
  }

  private boolean step() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at == text.length()) {
      return false;
    }
    char first = text.charAt(at);
    if (first == '[') {
      return bracket();
    }
    if (first == '<') {
      Matcher priority = matched(PRIORITY);
      versioned |= priority != null && priority.group().endsWith(" ");
      return priority != null;
    }
    if (timeText != null && matched(CRI) != null) {
      container = true;
      return true;
    }
    if (versioned && timeText != null && matched(SYSLOG) != null) {
      versioned = false;
      programSeen = true;
      return true;
    }
    if (!programSeen && timeText != null && (instant != null || assumed) && program()) {
      return true;
    }
    if (timeText == null && at == 0 && matched(NAMED_TIME) != null) {
      return true;
    }
    if (timeText == null && plainTime()) {
      return true;
    }
    if (matched(FACILITY) != null) {
      return true;
    }
    if (text.startsWith("kernel: ", at)) {
      at += "kernel: ".length();
      return true;
    }
    return timeText == null && matched(CONTAINER) != null;
  }

  private boolean bracket() {
    Matcher found = matched(UPTIME);
    if (found != null) {
      uptime = Double.valueOf(found.group(1));
      if (timeText == null) {
        timeText = found.group().strip();
      }
      return true;
    }
    if (matched(CALLER) != null) {
      return true;
    }
    int start = at;
    Matcher bracketed = timeText == null ? matched(BRACKETED) : null;
    if (bracketed != null) {
      LogTime inside = whole(bracketed.group(1));
      if (inside != null) {
        take(inside);
        // What follows is the kernel's own line.
        programSeen = true;
        return true;
      }
      at = start;
    }
    return false;
  }

  private LogTime whole(String inside) {
    Matcher iso = Timestamps.ISO.matcher(inside);
    if (iso.lookingAt()) {
      return timestamps.iso(iso);
    }
    Matcher words = Timestamps.WORDS.matcher(inside);
    return words.matches() ? timestamps.words(words) : null;
  }

  private boolean plainTime() {
    int start = at;
    Matcher found = matched(Timestamps.ISO);
    if (found != null) {
      take(timestamps.iso(found));
      return true;
    }
    found = matched(Timestamps.DIGITS);
    LogTime digits = found == null ? null : timestamps.digits(found);
    if (digits != null) {
      take(digits);
      return true;
    }
    at = start;
    found = matched(KMSG);
    if (found != null) {
      uptime = Long.parseLong(found.group(1)) / 1e6;
      timeText = found.group(1);
      return true;
    }
    found = matched(EPOCH);
    if (found != null) {
      long micros = Long.parseLong(found.group(2));
      take(
          new LogTime(
              found.group(),
              Instant.ofEpochSecond(Long.parseLong(found.group(1)), micros * 1000),
              null,
              false));
      return true;
    }
    found = matched(Timestamps.WORDS);
    LogTime time = found == null ? null : timestamps.words(found);
    if (time == null) {
      at = start;
      return false;
    }
    take(time);
    return true;
  }

  private void take(LogTime time) {
    timeText = time.text();
    instant = time.instant();
    assumed = time.assumed();
  }

  private boolean program() {
    int start = at;
    Matcher found = matched(PROGRAM);
    if (found == null) {
      return false;
    }
    String name = found.group(1);
    if (OWN_WORDS.contains(name) || name.endsWith("Error") || name.endsWith("Exception")) {
      at = start;
      return false;
    }
    programSeen = true;
    writerPid = found.group(2) == null ? null : Long.valueOf(found.group(2));
    return true;
  }

  private Matcher matched(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    // Look behind and ahead of the region: what stands there decides too.
    matcher.useTransparentBounds(true);
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher;
  }
}
