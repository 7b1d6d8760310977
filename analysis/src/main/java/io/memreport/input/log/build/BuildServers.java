// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GitHub Actions, GitLab, Jenkins and shells print when a process of a job is gone. */
public final class BuildServers implements Recogniser {
  private static final Pattern SHELL =
      Pattern.compile(
          "line \\d{1,9}: +(\\d{1,10}) +(?:Killed|Terminated)(?:: \\d{1,2})?"
              + "(?: +(?:(?:exec|nohup|sudo|time|nice|\\w{1,60}=\\S{0,200}) +){0,9}\"?([^\\s\"]{1,200})|$)");

  private static final Pattern STATUS =
      Pattern.compile(
          "\\b(?:exited with an error: |returned a non-zero code: |return code: |[Ee]xit(?:ed)?(?: with)?(?: (?:[Cc]ode|[Ss]tatus))?(?: is|:)? '?|errno |ExitCode=|exit_status:)"
              + "(137|143)(?!\\d)|\\bExited \\((137|143)\\)");

  /** Manuals and comments speak of such exits too. */
  private static final Pattern EXPLAINING =
      Pattern.compile(
          "\\b(?:[Ii]f|[Ww]hen|usually)\\b[^:]{0,60}$|\\bshows\\b.{0,60}$|^ *(?:#|//|\\*|\\+) "
              + "|^(?:title|keywords|tags|description|summary): ");

  private static final Pattern MEANING =
      Pattern.compile(" (?:means|usually|indicates|typically|is |can )");

  @Override
  public List<String> keywords() {
    return List.of(
        "received a shutdown signal",
        "exit code 137",
        "exit code 143",
        "exit code: 137",
        "exit code: 143",
        "exit status 137",
        "exited with code 137",
        "returned exit code 137",
        "code 137",
        " Killed",
        "exited with 137",
        "exited with 143",
        "signal: killed",
        "Received \"killed\" signal",
        "Exit status: 137",
        "Exit status: 143",
        "Exit code is 137",
        "Exit code is 143",
        "xited with status 137",
        "Exit status 137",
        "Exit Code: 137",
        "code '137",
        "errno 137",
        "ExitCode=137",
        "exit_status:137",
        "Exited (137)",
        "exited with an error: 1",
        "returned a non-zero code: 1",
        "return code: 137",
        "lost communication with the server",
        "We stopped hearing from agent ");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (line.has("received a shutdown signal")
        || line.has("lost communication with the server")
        || line.has("We stopped hearing from agent ")) {
      lostRunner(line, events);
      return true;
    }
    boolean named = line.has("signal: killed") || line.has("Received \"killed\" signal");
    Integer status = named ? Integer.valueOf(UnknownKills.SIGKILL) : status(line);
    if (status != null) {
      EventBuilder event = UnknownKills.report(line, events, status);
      if (event.kind == EventKind.KILLED && event.platform == null) {
        event.platform = platform(line);
      }
      if (line.has("reason: 'OOMKilled'")) {
        event.kind = EventKind.OOM_KILL;
      }
      return true;
    }
    Matcher shell = SHELL.matcher(line.text());
    if (shell.find()) {
      boolean killed = line.has(" Killed");
      EventBuilder event =
          UnknownKills.report(line, events, killed ? UnknownKills.SIGKILL : UnknownKills.SIGTERM);
      event.detail("the shell's process " + shell.group(1));
      if (event.victims.isEmpty() && event.platform != Platform.SLURM) {
        event.victim(shellVictim(shell));
      }
      return true;
    }
    return false;
  }

  /** The shell numbers it in its own namespace of PIDs. */
  private static Victim shellVictim(Matcher shell) {
    String command = shell.group(2);
    String name = command == null ? null : command.substring(command.lastIndexOf('/') + 1);
    boolean named = name != null && !name.isEmpty() && !name.contains("=") && !name.contains("$");
    return Victim.named(Long.valueOf(shell.group(1)), named ? name : null);
  }

  /** Who says it in these words; null if many do. */
  private static Platform platform(LogLine line) {
    if (line.has("Container killed on request") || line.has("Container exited with a non-zero")) {
      return Platform.YARN;
    }
    if (line.has("TaskExit event ")) {
      return Platform.CONTAINERD;
    }
    if (line.has("Exited (")) {
      return Platform.DOCKER;
    }
    if (line.has("APP/PROC/")) {
      return Platform.CLOUD_FOUNDRY;
    }
    if (line.has("##[error]Process completed with exit code ")) {
      return Platform.GITHUB;
    }
    if (line.has("CircleCI received")
        || line.has("Exited with code exit status")
        || line.has("Received \"killed\" signal")) {
      return Platform.CIRCLECI;
    }
    if (line.has("Job failed: exit code") || line.has("Job failed: command terminated")) {
      return Platform.GITLAB;
    }
    if (line.text().startsWith("The command \"")) {
      return Platform.TRAVIS;
    }
    if (line.has("Docker container exited with non-zero exit code")) {
      return Platform.NOMAD;
    }
    return line.has("Process exited with status ") ? Platform.HEROKU : null;
  }

  private static Integer status(LogLine line) {
    Matcher status = STATUS.matcher(line.text());
    boolean told =
        status.find()
            && (line.time() != null
                || !EXPLAINING.matcher(line.text().substring(0, status.start())).find());
    return told
            && !MEANING.matcher(line.text()).region(status.end(), line.text().length()).lookingAt()
        ? Integer.valueOf(status.group(1) == null ? status.group(2) : status.group(1))
        : null;
  }

  private static void lostRunner(LogLine line, EventLog events) {
    EventBuilder known = events.near(line, 120, EventBuilder::isDeath);
    EventBuilder event = known == null ? events.add(EventKind.KILLED, Killer.UNKNOWN) : known;
    if (event.kind == EventKind.KILLED
        && event.platform == null
        && !line.has("We stopped hearing from agent ")) {
      event.platform = Platform.GITHUB;
    }
    event
        .sign(line)
        .note(
            "The runner itself went away: a machine out of memory does that, and so does somebody"
                + " who cancels, and a spot instance that ends.");
  }
}
