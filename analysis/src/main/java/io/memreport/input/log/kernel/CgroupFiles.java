// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of a memory cgroup that somebody printed: {@code memory.events}, {@code memory.max} and the
 * like, or {@code memory.oom_control} of v1. Their names stand before each value ({@code grep .}),
 * on a line of their own ({@code head}, {@code cat} with a shell's prompt), or are left out.
 */
public final class CgroupFiles implements Recogniser {
  private static final Pattern VALUE = Pattern.compile("([a-z][a-z_]{1,40}) (\\d{1,18})");
  private static final Pattern FILE =
      Pattern.compile(
          "(?:==> |.{0,80}?[$#] (?:sudo )?cat )?(\\S{0,400}/)?(memory\\.[a-z_.]{2,40})(?: <==|:)?");
  private static final Pattern OF_FILE =
      Pattern.compile("(\\S{0,400}/)?(memory\\.[a-z_.]{2,40}):(\\S.{0,80})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** From here on a limit of v1 in bytes means none. */
  private static final long NO_LIMIT = 1L << 60;

  private static final String ROOT = "/sys/fs/cgroup";
  private static final int MOST = 200;

  /** Lines without a value between two of one cgroup. */
  private static final int GAP = 8;

  private static final String COUNTED =
      "The kernel counts it since the cgroup was made, for those below too: when it was, and which"
          + " process, is in its log.";

  private final Map<String, Long> values = new HashMap<>();
  private LogLine first;
  private LogLine kills;
  private String cgroup;
  private String file = "";
  private long last;

  @Override
  public List<String> keywords() {
    return List.of("oom_kill ", "/memory.", "==> memory.", "under_oom ");
  }

  @Override
  public boolean isOpen() {
    return first != null;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (first != null && line.number() - last > GAP) {
      close(events);
    }
    String text = line.text().strip();
    Matcher of = text.contains("memory.") ? OF_FILE.matcher(text) : null;
    if (of != null && of.matches()) {
      begin(line, of.group(1), of.group(2), events);
      return value(line, of.group(3));
    }
    Matcher named = of == null ? null : FILE.matcher(text);
    if (named != null && named.matches()) {
      begin(line, named.group(1), named.group(2), events);
      return true;
    }
    return value(line, text);
  }

  private void begin(LogLine line, String folder, String name, EventLog events) {
    String path = path(folder);
    if (first != null && path != null && cgroup != null && !path.equals(cgroup)) {
      close(events);
    }
    cgroup = path == null ? cgroup : path;
    file = name;
    start(line);
  }

  private void start(LogLine line) {
    first = first == null ? line : first;
    last = line.number();
  }

  private static String path(String folder) {
    if (folder == null || folder.length() < 2) {
      return null;
    }
    String path = folder.substring(0, folder.length() - 1);
    String below = path.startsWith(ROOT) ? path.substring(ROOT.length()) : path;
    // In v1 each controller has a tree of its own.
    String own = below.startsWith("/memory") ? below.substring("/memory".length()) : below;
    // Within a container its own cgroup is the root.
    return own.isEmpty() || own.equals("/") ? null : own;
  }

  private boolean value(LogLine line, String text) {
    Matcher pair = VALUE.matcher(text);
    // Counts of a cgroup itself are in those of the file that counts for all below, too.
    if (pair.matches() && file.endsWith(".local") && values.containsKey(pair.group(1))) {
      start(line);
      return true;
    }
    if (pair.matches()) {
      boolean mine = first != null || pair.group(1).equals("oom_kill") || isBegin(pair.group(1));
      if (mine && values.size() < MOST) {
        start(line);
        values.put(pair.group(1), Long.valueOf(pair.group(2)));
        kills = pair.group(1).equals("oom_kill") ? line : kills;
      }
      return mine;
    }
    boolean alone = first != null && (NUMBER.matcher(text).matches() || text.equals("max"));
    if (alone && !file.isEmpty()) {
      last = line.number();
      values.put(file, text.equals("max") ? Long.valueOf(NO_LIMIT) : Long.valueOf(text));
    }
    return alone;
  }

  /** The first lines of {@code memory.events} and {@code memory.oom_control}. */
  private static boolean isBegin(String key) {
    return key.equals("low") || key.equals("oom_kill_disable");
  }

  @Override
  public void close(EventLog events) {
    Long killed = values.get("oom_kill");
    if (kills != null && killed != null && killed > 0) {
      tell(killed, events);
    }
    first = null;
    kills = null;
    cgroup = null;
    file = "";
    values.clear();
  }

  private void tell(long killed, EventLog events) {
    boolean machine = values.containsKey("pgfault") && !values.containsKey("oom");
    boolean ownLimit = values.getOrDefault("oom", 0L) > 0;
    EventBuilder event =
        events
            .add(EventKind.OOM_KILL, ownLimit ? Killer.KERNEL_MEMCG : Killer.KERNEL)
            .sign(kills)
            .detail(
                killed == 1
                    ? "The kernel counts one killed process."
                    : "The kernel counts " + killed + " killed processes.");
    if (machine) {
      event.note("That count is of the whole machine since it was started.");
      return;
    }
    event.victimCgroup = cgroup;
    event.note(COUNTED);
    if (ownLimit) {
      event.constraint("CONSTRAINT_MEMCG");
    } else if (values.containsKey("oom")) {
      event.note(
          "Its own limit was not reached (oom 0): a cgroup above it was full, or the machine.");
    }
    limit(event);
    event.memory = memory();
  }

  private void limit(EventBuilder event) {
    Long most = value("memory.max", "memory.limit_in_bytes");
    Long used = value("memory.peak", "memory.max_usage_in_bytes", "memory.current");
    if (most != null && most < NO_LIMIT) {
      event.limits.add(new LogLimit("memory", used, most, null));
    }
  }

  private LogMemory memory() {
    Long anon = value("anon", "total_rss", "rss");
    Long files = value("file", "total_cache", "cache");
    return anon == null
        ? null
        : new LogMemory(
            null, null, anon, files, values.get("shmem"), values.get("kernel"), null, null);
  }

  private Long value(String... names) {
    for (String name : names) {
      if (values.containsKey(name)) {
        return values.get(name);
      }
    }
    return null;
  }
}
