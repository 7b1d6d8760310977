// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Platform;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS Lambda says that its runtime was killed, and in the REPORT line how much memory it had used:
 * only both together, or the error's own name, make it a kill for memory.
 */
public final class Lambda implements Recogniser {
  private static final Pattern REPORT =
      Pattern.compile("Memory Size: (\\d+) MB\\s+Max Memory Used: (\\d+) MB");
  private static final String OUT_OF_MEMORY = "Runtime.OutOfMemory";
  private static final Pattern NAMED =
      Pattern.compile("[Ee]rror ?Type\\\\?\"?: ?\\\\?\"?Runtime\\.OutOfMemory");

  private static final Pattern EXITED =
      Pattern.compile(" Error: Runtime exited with error: (?:signal: killed|exit status 137\\b)");

  /** From this share of its size on, memory was full: both are told in whole MB. */
  private static final double FULL = 0.98;

  private static final Pattern REQUEST = Pattern.compile("RequestId: ([\\w-]{1,60})");

  private LogLimit limit;
  private String limitRequest;
  private String killedRequest;
  private EventBuilder killed;

  @Override
  public List<String> keywords() {
    return List.of(
        "Max Memory Used:",
        "Runtime exited with error: signal: killed",
        "Runtime exited with error: exit status 137",
        "Runtime.ExitError",
        OUT_OF_MEMORY);
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    Matcher report = REPORT.matcher(line.text());
    boolean numbers = report.find();
    if (numbers) {
      limit =
          new LogLimit(
              "memory",
              Long.parseLong(report.group(2)) << 20,
              Long.parseLong(report.group(1)) << 20,
              null);
      limitRequest = request(line);
      if (killed != null && isSameRequest()) {
        killed.sign(line);
        judge();
      }
    }
    boolean named = NAMED.matcher(line.text()).find();
    if (named || EXITED.matcher(line.text()).find()) {
      begin(line, events);
      judge();
      if (named) {
        killed.kind = EventKind.OOM_KILL;
        killed.killer = Killer.LAMBDA;
        killed.inferred = false;
      }
      return true;
    }
    if (line.has("Runtime.ExitError") && killed != null) {
      killed.sign(line);
      return true;
    }
    return numbers;
  }

  private void begin(LogLine line, EventLog events) {
    EventBuilder known =
        events.near(line, 120, event -> event.platform == Platform.LAMBDA && event == killed);
    if (known == null) {
      killed =
          events
              .add(EventKind.KILLED, Killer.UNKNOWN)
              .platform(Platform.LAMBDA)
              .exit(UnknownKills.SIGKILL);
      killedRequest = null;
    }
    killedRequest = request(line) == null ? killedRequest : request(line);
    killed.sign(line);
  }

  private static String request(LogLine line) {
    Matcher found = REQUEST.matcher(line.text());
    return found.find() ? found.group(1) : null;
  }

  private boolean isSameRequest() {
    return limitRequest == null || killedRequest == null || limitRequest.equals(killedRequest);
  }

  private void judge() {
    if (limit == null || !isSameRequest()) {
      return;
    }
    killed.limits.clear();
    killed.limits.add(limit);
    if (killed.kind == EventKind.KILLED && limit.usageBytes() >= FULL * limit.limitBytes()) {
      killed.kind = EventKind.OOM_KILL;
      killed.killer = Killer.LAMBDA;
      killed.inferred = true;
      killed.note("Lambda does not name the reason: the memory that was used says it.");
    }
  }
}
