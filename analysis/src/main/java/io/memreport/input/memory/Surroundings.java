// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import io.memreport.input.box.BoxSample;
import io.memreport.input.jfr.EventReader;
import io.memreport.input.jfr.Sums;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.NeighbourProcess;
import io.memreport.model.memory.OomdRule;
import io.memreport.model.memory.PressureSample;
import io.memreport.recorder.box.BoxGauge;
import io.memreport.recorder.event.memory.CgroupEvent;
import io.memreport.recorder.event.memory.CgroupProcessEvent;
import io.memreport.recorder.event.memory.OomdSettingsEvent;
import io.memreport.recorder.event.memory.PressureEvent;
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
public final class Surroundings {
  private static final int MOST = 2000;
  private static final double HUNDREDTHS = 100.0;

  private static final EventReader<CgroupEvent> CGROUP = EventReader.of(CgroupEvent.class);
  private static final EventReader<CgroupProcessEvent> PROCESS =
      EventReader.of(CgroupProcessEvent.class);
  private static final EventReader<PressureEvent> PRESSURE = EventReader.of(PressureEvent.class);
  private static final EventReader<OomdSettingsEvent> OOMD =
      EventReader.of(OomdSettingsEvent.class);

  /** Those of one look are written so close together; two looks are twice as far apart. */
  private static final Duration TOGETHER = Duration.ofMillis(100);

  private List<CgroupSample> cgroups = new ArrayList<>();
  private List<PressureSample> pressure = new ArrayList<>();
  private final Map<Instant, List<NeighbourProcess>> processes = new TreeMap<>();
  private OomdRule oomd;

  /** Takes an event, if it is one of these. */
  public void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case CgroupEvent.NAME -> cgroup(CGROUP.read(event), event.getStartTime());
      case CgroupProcessEvent.NAME -> process(PROCESS.read(event), event.getStartTime());
      case PressureEvent.NAME -> pressure(PRESSURE.read(event), event.getStartTime());
      case OomdSettingsEvent.NAME -> oomd = oomd(OOMD.read(event));
      default -> {}
    }
  }

  private static OomdRule oomd(OomdSettingsEvent event) {
    return new OomdRule(
        event.pressureLimit / HUNDREDTHS,
        event.pressureSeconds,
        event.swapUsedLimit / HUNDREDTHS,
        event.source);
  }

  private void cgroup(CgroupEvent event, Instant at) {
    cgroups.add(
        new CgroupSample(
            null,
            at,
            Sums.known(event.usage),
            Sums.known(event.limit),
            Sums.known(event.anon),
            Sums.known(event.file),
            Sums.known(event.shmem),
            Sums.known(event.kernel),
            Sums.known(event.swap),
            Sums.known(event.peak),
            Sums.known(event.oomKills),
            Sums.known(event.limitReached),
            Sums.known(event.throttled),
            Sums.known(event.ownAnon),
            Sums.known(event.children),
            Sums.known(event.siblings),
            List.of()));
    cgroups = thinned(cgroups, sample -> sample.usageBytes() == null ? 0 : sample.usageBytes());
  }

  /** The black box has of the cgroup what decides who used it. */
  public void add(BoxSample sample) {
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

  private void process(CgroupProcessEvent event, Instant at) {
    processes.keySet().removeIf(before -> before.plus(TOGETHER).isBefore(at));
    processes
        .computeIfAbsent(at, missing -> new ArrayList<>())
        .add(
            new NeighbourProcess(
                event.processId,
                event.parentId,
                event.processName,
                event.child,
                Sums.known(event.held)));
  }

  private void pressure(PressureEvent event, Instant at) {
    pressure.add(
        new PressureSample(
            null,
            at,
            percent(event.systemSome),
            percent(event.systemFull),
            percent(event.cgroupSome),
            percent(event.cgroupFull)));
    pressure = thinned(pressure, sample -> sample.fullPercent() == null ? 0 : sample.fullPercent());
  }

  private static Double percent(long figure) {
    Long hundredths = Sums.known(figure);
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

  public OomdRule oomd() {
    return oomd;
  }

  public List<CgroupSample> cgroups(String runId) {
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

  public List<PressureSample> pressure(String runId) {
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
