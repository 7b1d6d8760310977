// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The agents named jvmkill, of Cloud Foundry's buildpack and of airlift: JVM TI tells them that the
 * JVM reached a limit of its own, and they end it.
 */
public final class Jvmkill implements Recogniser {
  private static final Pattern EVENT =
      Pattern.compile(
          "the JVM was unable to (allocate memory from the [\\w ]+|create a(?: new)? thread)");
  private static final Pattern AIRLIFT =
      Pattern.compile("ResourceExhausted: (.{1,120}): killing current process!");

  private EventBuilder event;

  @Override
  public List<String> keywords() {
    return List.of(
        "Resource exhaustion event", "ResourceExhausted", "jvmkill killing current process");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    Matcher airlift = AIRLIFT.matcher(line.text());
    boolean ended = airlift.find() || line.has("jvmkill killing current process");
    boolean exhausted = line.has("Resource exhaustion event: ") || line.has("ResourceExhausted! (");
    if (!ended && !exhausted) {
      return false;
    }
    if (event == null || events.near(line, 120, known -> known == event) == null) {
      event = events.add(EventKind.JAVA_OOM, Killer.JVMKILL_AGENT).exit(137);
      if (line.has("Resource exhaustion event: ") || line.has("ResourceExhausted! (")) {
        event.platform(Platform.CLOUD_FOUNDRY);
      }
      event.note(
          "The jvmkill agent ends a JVM with SIGKILL when that reaches a limit of its own; the limit of"
              + " the container was not reached.");
    }
    event.sign(line);
    String words = words(line, airlift);
    if (event.constraint == null && words != null) {
      event.constraint = words;
    }
    return true;
  }

  private static String words(LogLine line, Matcher airlift) {
    if (line.has("killing current process!")) {
      return airlift.group(1);
    }
    Matcher told = EVENT.matcher(line.text());
    if (!told.find()) {
      return null;
    }
    String what = told.group(1);
    return what.contains("heap")
        ? "Java heap space"
        : what.contains("thread")
            ? "unable to create native thread"
            : what.contains("metaspace") ? "Metaspace" : what;
  }
}
