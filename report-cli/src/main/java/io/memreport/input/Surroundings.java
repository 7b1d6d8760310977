// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxSample;
import io.memreport.model.CgroupSample;
import io.memreport.model.NeighbourProcess;
import io.memreport.model.OomdRule;
import io.memreport.model.PressureSample;
import io.memreport.recorder.box.BoxGauge;
import io.memreport.recorder.event.CgroupEvent;
import io.memreport.recorder.event.CgroupProcessEvent;
import io.memreport.recorder.event.OomdSettingsEvent;
import io.memreport.recorder.event.PressureEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import jdk.jfr.consumer.RecordedEvent;

/** What recordings say of the cgroup and the machine around a run; thinned like its samples. */
final class Surroundings {
  private static final int MOST = 2000;
  private static final double HUNDREDTHS = 100.0;

  /** Those of one look are written so close together; two looks are twice as far apart. */
  private static final Duration TOGETHER = Duration.ofMillis(100);

  private List<CgroupSample> cgroups = new ArrayList<>();
  private List<PressureSample> pressure = new ArrayList<>();
  private final Map<Instant, List<NeighbourProcess>> processes = new TreeMap<>();
  private OomdRule oomd;

  /** Takes an event, if it is one of these. */
  void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case CgroupEvent.NAME -> cgroup(event);
      case CgroupProcessEvent.NAME -> process(event);
      case PressureEvent.NAME -> pressure(event);
      case OomdSettingsEvent.NAME ->
          oomd =
              new OomdRule(
                  event.getLong("pressureLimit") / HUNDREDTHS,
                  event.getLong("pressureSeconds"),
                  event.getLong("swapUsedLimit") / HUNDREDTHS,
                  event.getString("source"));
      default -> {}
    }
  }

  private void cgroup(RecordedEvent event) {
    cgroups.add(
        new CgroupSample(
            null,
            event.getStartTime(),
            Sums.figure(event, "usage"),
            Sums.figure(event, "limit"),
            Sums.figure(event, "anon"),
            Sums.figure(event, "file"),
            Sums.figure(event, "shmem"),
            Sums.figure(event, "kernel"),
            Sums.figure(event, "swap"),
            Sums.figure(event, "peak"),
            Sums.figure(event, "oomKills"),
            Sums.figure(event, "limitReached"),
            Sums.figure(event, "throttled"),
            Sums.figure(event, "ownAnon"),
            Sums.figure(event, "children"),
            Sums.figure(event, "siblings"),
            List.of()));
    cgroups = thinned(cgroups, sample -> sample.usageBytes() == null ? 0 : sample.usageBytes());
  }

  /** The black box has of the cgroup what decides who used it. */
  void add(BoxSample sample) {
    if (sample.gauge(BoxGauge.CGROUP_USAGE) == null) {
      return;
    }
    cgroups.add(
        new CgroupSample(
            null,
            sample.at(),
            sample.gauge(BoxGauge.CGROUP_USAGE),
            sample.gauge(BoxGauge.LIMIT),
            null,
            null,
            sample.gauge(BoxGauge.CGROUP_SHMEM),
            null,
            null,
            null,
            null,
            null,
            null,
            sample.gauge(BoxGauge.RSS_ANON),
            sample.gauge(BoxGauge.CHILDREN),
            sample.gauge(BoxGauge.SIBLINGS),
            List.of()));
  }

  private void process(RecordedEvent event) {
    Instant at = event.getStartTime();
    processes.keySet().removeIf(before -> before.plus(TOGETHER).isBefore(at));
    processes
        .computeIfAbsent(at, missing -> new ArrayList<>())
        .add(
            new NeighbourProcess(
                event.getLong("processId"),
                event.getLong("parentId"),
                event.getString("processName"),
                event.getBoolean("child"),
                Sums.figure(event, "held")));
  }

  private void pressure(RecordedEvent event) {
    pressure.add(
        new PressureSample(
            null,
            event.getStartTime(),
            percent(event, "systemSome"),
            percent(event, "systemFull"),
            percent(event, "cgroupSome"),
            percent(event, "cgroupFull")));
    pressure = thinned(pressure, sample -> sample.fullPercent() == null ? 0 : sample.fullPercent());
  }

  private static Double percent(RecordedEvent event, String field) {
    Long hundredths = Sums.figure(event, field);
    return hundredths == null ? null : Double.valueOf(hundredths / HUNDREDTHS);
  }

  /** Of each two the higher one, once there are too many. */
  private static <T> List<T> thinned(List<T> all, ToDoubleFunction<T> height) {
    if (all.size() < 2 * MOST) {
      return all;
    }
    List<T> kept = new ArrayList<>();
    for (int i = 0; i + 1 < all.size(); i += 2) {
      T one = all.get(i);
      T other = all.get(i + 1);
      kept.add(height.applyAsDouble(one) > height.applyAsDouble(other) ? one : other);
    }
    return kept;
  }

  OomdRule oomd() {
    return oomd;
  }

  List<CgroupSample> cgroups(String runId) {
    List<CgroupSample> sorted = new ArrayList<>(cgroups);
    sorted.sort(Comparator.comparing(CgroupSample::at));
    Map<Long, NeighbourProcess> byPid = new LinkedHashMap<>();
    processes.values().forEach(look -> look.forEach(process -> byPid.put(process.pid(), process)));
    List<NeighbourProcess> last =
        byPid.values().stream()
            .sorted(Comparator.comparing(Surroundings::bytes).reversed())
            .toList();
    List<CgroupSample> named = new ArrayList<>();
    for (CgroupSample s : sorted) {
      boolean isLast = s == sorted.get(sorted.size() - 1);
      named.add(
          new CgroupSample(
              runId,
              s.at(),
              s.usageBytes(),
              s.limitBytes(),
              s.anonBytes(),
              s.fileBytes(),
              s.shmemBytes(),
              s.kernelBytes(),
              s.swapBytes(),
              s.peakBytes(),
              s.oomKills(),
              s.limitReached(),
              s.throttled(),
              s.ownBytes(),
              s.childBytes(),
              s.siblingBytes(),
              isLast ? last : List.of()));
    }
    return named;
  }

  private static long bytes(NeighbourProcess process) {
    return process.bytes() == null ? 0 : process.bytes();
  }

  List<PressureSample> pressure(String runId) {
    return pressure.stream()
        .sorted(Comparator.comparing(PressureSample::at))
        .map(
            s ->
                new PressureSample(
                    runId,
                    s.at(),
                    s.systemSomePercent(),
                    s.systemFullPercent(),
                    s.cgroupSomePercent(),
                    s.cgroupFullPercent()))
        .toList();
  }
}
