// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.model.log.EventKind;
import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogPostMortem;
import io.memreport.model.log.LogReading;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import io.memreport.model.verdict.Confidence;
import java.util.ArrayList;
import java.util.List;

/** Explains the events of logs without any recording. */
public final class LogDiagnosis {
  private static final String SCHEMA = "memreport-oom/1";

  private LogDiagnosis() {}

  /** What the logs come to. */
  public static LogPostMortem of(LogReading reading) {
    List<ExplainedEvent> events =
        reading.events().stream().map(event -> new ExplainedEvent(explain(event), event)).toList();
    boolean explained =
        reading.events().stream().anyMatch(event -> event.kind() != EventKind.NO_KILL);
    return new LogPostMortem(
        SCHEMA,
        headline(events, explained),
        explained,
        events,
        reading.bytes(),
        reading.lines(),
        reading.notes());
  }

  /** What one event means. */
  public static Explanation explain(LogEvent event) {
    String sentence = EventHeadline.of(event);
    String headline = OneLine.of(sentence);
    List<String> because = new ArrayList<>();
    if (!headline.equals(sentence)) {
      because.add(sentence);
    }
    because.addAll(EventReasons.of(event));
    return new Explanation(
        headline, confidence(event), List.copyOf(because), EventAdvice.of(event));
  }

  /**
   * The same of an event that a recording exists of: nobody need be told to make one.
   *
   * @param causeKnown whether it tells what held the memory, so that this has better advice
   */
  public static Explanation explainRecorded(LogEvent event, boolean causeKnown) {
    Explanation explanation = explain(event);
    boolean vague = event.kind() == EventKind.JAVA_OOM || event.killer() == Killer.KERNEL_MEMCG;
    return new Explanation(
        explanation.headline(),
        explanation.confidence(),
        explanation.because(),
        causeKnown && vague
            ? List.of()
            : explanation.advice().stream()
                .filter(text -> !text.equals(EventAdvice.RECORD))
                .filter(text -> !text.equals(EventAdvice.RECORD_A_JVM))
                .toList());
  }

  private static String headline(List<ExplainedEvent> events, boolean explained) {
    if (events.isEmpty()) {
      return "This text holds no kill for memory, no JVM that ran out and no full shared memory.";
    }
    List<ExplainedEvent> real =
        events.stream().filter(one -> one.event().kind() != EventKind.NO_KILL).toList();
    if (!explained) {
      return "This text holds no kill: what reads like one is none.";
    }
    return real.size() == 1
        ? real.get(0).explanation().headline()
        : OneLine.of(real.get(0).explanation().headline(), " (+" + (real.size() - 1) + " more)");
  }

  /** Without an error of the system there are only its effects. */
  private static Confidence ofSharedMemory(SharedMemoryFailure failure) {
    if (failure.resource() == null) {
      return Confidence.LIKELY;
    }
    boolean effect = failure.errno() == null && failure.resource() == SharedMemoryResource.DEV_SHM;
    return effect ? Confidence.POSSIBLE : Confidence.CERTAIN;
  }

  /** Whether the killer itself says whom it chose, which need not be a process. */
  private static boolean isOwn(LogEvent event) {
    return switch (event.killer()) {
      case SYSTEMD_OOMD, FACEBOOK_OOMD -> event.victimCgroup() != null;
      case KUBELET, SLURM, LSF, PBS, HTCONDOR, SUPERVISOR -> true;
      default -> false;
    };
  }

  /** What a killer says of itself is certain; that somebody sent a signal is all an exit tells. */
  private static Confidence confidence(LogEvent event) {
    if (event.kind() == EventKind.KILLED) {
      return Confidence.POSSIBLE;
    }
    if (event.sharedMemory() != null) {
      return ofSharedMemory(event.sharedMemory());
    }
    boolean hearsay =
        event.kind() == EventKind.OOM_KILL
            && (event.killer() == Killer.UNKNOWN
                || event.victims().isEmpty() && event.platform() == null && !isOwn(event));
    return hearsay || event.inferred() ? Confidence.LIKELY : Confidence.CERTAIN;
  }
}
