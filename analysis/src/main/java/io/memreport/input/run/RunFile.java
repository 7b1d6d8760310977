// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.memreport.model.JvmLimits;
import io.memreport.model.RunContext;
import io.memreport.recorder.event.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What {@code run.json} says; each fact may be missing.
 *
 * @param context where the run took place
 * @param isSupervisor whether it only recorded what ran below it
 * @param torn whether there was a file that could not be read
 */
public record RunFile(
    Long pid,
    Instant startedAt,
    Instant endedAt,
    boolean clean,
    Long limitBytes,
    Path repository,
    RunContext context,
    boolean isSupervisor,
    boolean torn) {
  public static final RunFile NONE =
      new RunFile(null, null, null, false, null, null, RunContext.NONE, false, false);

  private static final RunFile TORN =
      new RunFile(null, null, null, false, null, null, RunContext.NONE, false, true);

  /** More than that no recorder writes. */
  private static final long LONGEST = 1 << 20;

  /**
   * Reads it. What is no JSON, as a full disk leaves it, is torn.
   *
   * @throws UnreadableInputException if it may not be opened
   */
  static RunFile read(Path file) throws UnreadableInputException {
    InputFile.check(file);
    try {
      if (Files.size(file) > LONGEST) {
        return TORN;
      }
      JsonNode json = JsonMapper.builder().build().readTree(Files.readString(file));
      JsonNode limit = json.path("cgroup").path("limitBytes");
      return new RunFile(
          json.path("pid").isIntegralNumber() ? json.path("pid").longValue() : null,
          instant(json.path("startedAt")),
          instant(json.path("endedAt")),
          json.path("ending").asText("").equals("clean"),
          limit.isIntegralNumber() ? limit.longValue() : null,
          json.path("repository").isTextual() ? Path.of(json.path("repository").textValue()) : null,
          context(json),
          RunEvent.SUPERVISOR.equals(json.path("role").asText("")),
          false);
    } catch (IOException | RuntimeException e) {
      return TORN;
    }
  }

  private static RunContext context(JsonNode json) {
    JsonNode clock = json.path("clock");
    boolean anchored =
        clock.path("epochMillis").isNumber() && clock.path("uptimeSeconds").isNumber();
    JsonNode total = json.path("machine").path("totalBytes");
    return new RunContext(
        json.path("command").textValue(),
        json.path("jvm").path("version").textValue(),
        json.path("cgroup").path("path").textValue(),
        json.path("cgroup").path("version").textValue(),
        total.isIntegralNumber() ? total.longValue() : null,
        anchored
            ? Moments.plausible(
                Instant.ofEpochMilli(
                    clock.path("epochMillis").longValue()
                        - Math.round(1000 * clock.path("uptimeSeconds").doubleValue())))
            : null,
        json.path("signal").textValue(),
        json.path("pidsInNamespaces").textValue(),
        limits(json.path("jvm").path("onOutOfMemoryError").asText("")),
        null);
  }

  /** How it ends itself is known before all else that bounds it. */
  private static JvmLimits limits(String onOutOfMemoryError) {
    boolean exits = onOutOfMemoryError.equals("exit");
    boolean crashes = onOutOfMemoryError.equals("crash");
    return exits || crashes ? new JvmLimits(null, null, null, exits, crashes, null, null) : null;
  }

  private static Instant instant(JsonNode node) {
    return node.isTextual() ? Moments.plausible(Instant.parse(node.textValue())) : null;
  }

  /** Whether the process that wrote it still lives on this machine. */
  public boolean isAlive() {
    return pid != null
        && !clean
        && ProcessHandle.of(pid)
            .flatMap(process -> process.info().startInstant())
            .filter(started -> startedAt != null && !started.isAfter(startedAt))
            .filter(started -> startedAt.minusSeconds(86_400L * 365).isBefore(started))
            .isPresent();
  }
}
