// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.document;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.input.log.platform.Sizes;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pods as {@code kubectl get -o yaml} and {@code kubectl describe} write them, and the same of
 * docker inspect in YAML: a reason and a status on lines of their own, close together.
 */
public final class PodTexts implements Recogniser {
  private static final int CLOSE = 8;
  private static final Pattern REASON =
      Pattern.compile("^\"?(reason|Reason|OOMKilled)\"?: *\"?(OOMKilled|Error|true|false)\"?,?$");
  private static final Pattern STATUS =
      Pattern.compile("^\"?(?:exitCode|Exit Code|ExitCode)\"?: *(137|143),?$");
  private static final Pattern MEMORY =
      Pattern.compile("^memory: +\"?(\\d+(?:\\.\\d+)?[KMGT]?i?)\"?$");
  private static final Pattern NAME = Pattern.compile("^(?:- )?name: +\"?([\\w.-]{1,100})\"?$");

  /** How describe begins a container, and the line behind. */
  private static final Pattern HEADING = Pattern.compile("^([a-z0-9][\\w.-]{0,100}):$");

  private String heading;
  private EventBuilder unnamed;
  private long unnamedAt;
  private LogLine reason;
  private LogLine status;
  private LogLine limits;
  private Long limit;
  private LogLine named;
  private String name;

  @Override
  public List<String> keywords() {
    return List.of(
        "xitCode: ",
        "xitCode\":",
        "Exit Code: ",
        "eason: ",
        "eason\":",
        "OOMKilled: ",
        "OOMKilled\":",
        "imits:",
        "Container ID:",
        "Image:");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    String text = line.text().strip();
    if (reason != null && line.number() - reason.number() > CLOSE) {
      alone(events);
    }
    look(line, text);
    boolean isReason = REASON.matcher(text).matches();
    boolean isStatus = STATUS.matcher(text).matches();
    if (isReason) {
      reason = line;
    }
    if (isStatus) {
      status = line;
    }
    boolean told =
        (isReason || isStatus)
            && reason != null
            && status != null
            && Math.abs(reason.number() - status.number()) <= CLOSE;
    if (told) {
      tell(events);
    }
    return isReason || isStatus;
  }

  private void tell(EventLog events) {
    Matcher exit = STATUS.matcher(status.text().strip());
    if (exit.matches()) {
      boolean near = named != null && status.number() - named.number() <= 4 * CLOSE;
      ending(Integer.valueOf(exit.group(1)), near ? name : null)
          .tell(reason.withText(reason.text().strip() + " " + status.text().strip()), events);
      unnamed(events);
    }
    reason = null;
    status = null;
  }

  /** In YAML the name stands behind the last state. */
  private void unnamed(EventLog events) {
    unnamed = null;
    unnamedAt = status.number();
    for (EventBuilder event : events.all()) {
      boolean pod = event.platform == Platform.KUBERNETES && event.victims.isEmpty();
      unnamed = pod ? event : unnamed;
    }
  }

  private Ending ending(Integer exit, String container) {
    Matcher why = REASON.matcher(reason.text().strip());
    boolean matched = why.matches();
    boolean docker = matched && why.group(1).equals("OOMKilled");
    boolean full = matched && (why.group(2).equals("OOMKilled") || why.group(2).equals("true"));
    return new Ending(
        docker ? Platform.DOCKER : Platform.KUBERNETES,
        container,
        null,
        full,
        exit,
        docker ? null : limit);
  }

  /** A reason without a status near it. */
  private void alone(EventLog events) {
    if (reason != null) {
      ending(null, null).tell(reason.withText(reason.text().strip()), events);
    }
    reason = null;
  }

  private void look(LogLine line, String text) {
    if (text.equals("limits:") || text.equals("Limits:")) {
      limits = line;
    }
    Matcher memory = MEMORY.matcher(text);
    if (limits != null && line.number() - limits.number() <= CLOSE && memory.matches()) {
      limit = Sizes.bytes(memory.group(1));
      limits = null;
    }
    Matcher headings = HEADING.matcher(text);
    if (text.startsWith("Container ID:") || text.startsWith("Image:")) {
      if (heading != null) {
        named = line;
        name = heading;
      }
    }
    heading = headings.matches() ? headings.group(1) : null;
    Matcher names = NAME.matcher(text);
    if (names.matches()) {
      if (unnamed != null && !text.startsWith("- ") && line.number() - unnamedAt <= CLOSE) {
        unnamed.victim(Victim.named(null, names.group(1)));
        unnamed = null;
      }
      named = line;
      name = names.group(1);
    }
  }

  /** The limits of {@code kubectl describe} stand behind the state. */
  @Override
  public void close(EventLog events) {
    alone(events);
    if (limit == null) {
      return;
    }
    events.all().forEach(event -> event.limitIfMissing(Platform.KUBERNETES, limit));
  }
}
