// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.input.box.BoxSample;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.NeighbourProcess;
import io.memreport.model.memory.OomdRule;
import io.memreport.model.memory.PressureSample;
import io.memreport.recorder.box.BoxGauge;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.memory.CgroupEvent;
import io.memreport.recorder.event.memory.CgroupProcessEvent;
import io.memreport.recorder.event.memory.OomdSettingsEvent;
import io.memreport.recorder.event.memory.PressureEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
  /** As many as are kept, and once more: then of each two the higher one stays. */
  private static final int TOO_MANY = 4000;

  @TempDir private Path folder;

  private final Surroundings surroundings = new Surroundings();
  private int recordings;

  @Test
  void a_cgroup_is_what_the_event_says_and_unknown_where_it_says_nothing() throws IOException {
    CgroupEvent event = new CgroupEvent();
    event.usage = 1;
    event.limit = 2;
    event.anon = 3;
    event.file = 4;
    event.shmem = 5;
    event.kernel = 6;
    event.swap = 7;
    event.peak = 8;
    event.oomKills = 9;
    event.limitReached = 10;
    event.throttled = 11;
    event.ownAnon = 12;
    event.children = 13;
    event.siblings = 14;
    Instant at = read(event).get(0).getStartTime();
    assertThat(surroundings.cgroups("run"))
        .containsExactly(
            new CgroupSample(
                "run", at, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, List.of()));
    read(new CgroupEvent());
    assertThat(surroundings.cgroups("run").get(1).usageBytes()).isNull();
  }

  @Test
  void the_black_box_tells_who_used_it_if_it_knows_the_usage() throws IOException {
    Instant later = Instant.now().plusSeconds(60);
    surroundings.add(new BoxSample(later, 0, Map.of(BoxGauge.RSS_ANON, 5L)));
    assertThat(surroundings.cgroups("run")).isEmpty();
    surroundings.add(
        new BoxSample(
            later,
            0,
            Map.of(
                BoxGauge.CGROUP_USAGE, 9L,
                BoxGauge.LIMIT, 10L,
                BoxGauge.CGROUP_SHMEM, 1L,
                BoxGauge.RSS_ANON, 5L,
                BoxGauge.CHILDREN, 2L,
                BoxGauge.SIBLINGS, 3L)));
    CgroupEvent earlier = new CgroupEvent();
    earlier.usage = 4;
    read(earlier);
    assertThat(surroundings.cgroups("run"))
        .as("in the order of time")
        .extracting(
            CgroupSample::usageBytes,
            CgroupSample::shmemBytes,
            CgroupSample::ownBytes,
            CgroupSample::childBytes,
            CgroupSample::siblingBytes)
        .containsExactly(tuple(4L, null, null, null, null), tuple(9L, 1L, 5L, 2L, 3L));
  }

  @Test
  void the_last_sample_has_the_others_the_largest_first() throws IOException {
    read(
        new CgroupEvent(),
        process(7, 50L, true),
        process(8, MemreportEvent.UNKNOWN, false),
        process(9, 90L, false),
        new CgroupEvent());
    assertThat(surroundings.cgroups("run"))
        .extracting(CgroupSample::processes)
        .containsExactly(
            List.of(),
            List.of(
                new NeighbourProcess(9, 1, "p9", false, 90L),
                new NeighbourProcess(7, 1, "p7", true, 50L),
                new NeighbourProcess(8, 1, "p8", false, null)));
  }

  @Test
  void processes_of_an_earlier_look_are_forgotten() throws Exception {
    List<RecordedEvent> first = read(process(7, 50L, false));
    Thread.sleep(150);
    read(process(9, 90L, false), new CgroupEvent());
    assertThat(first).hasSize(1);
    assertThat(surroundings.cgroups("run").get(0).processes())
        .extracting(NeighbourProcess::pid)
        .containsExactly(9L);
  }

  @Test
  void pressure_is_recorded_in_hundredths_of_a_percent() throws IOException {
    PressureEvent event = new PressureEvent();
    event.systemSome = 1234;
    event.systemFull = 50;
    event.cgroupSome = 7;
    Instant at = read(event).get(0).getStartTime();
    assertThat(surroundings.pressure("run"))
        .containsExactly(new PressureSample("run", at, 12.34, 0.5, 0.07, null));
  }

  @Test
  void the_rule_of_systemd_oomd_has_its_source() throws IOException {
    assertThat(surroundings.oomd()).isNull();
    OomdSettingsEvent event = new OomdSettingsEvent();
    event.pressureLimit = 6000;
    event.pressureSeconds = 30;
    event.swapUsedLimit = 9050;
    event.source = "defaults";
    read(event, new NoteEvent());
    assertThat(surroundings.oomd()).isEqualTo(new OomdRule(60, 30, 90.5, "defaults"));
  }

  @Test
  void of_too_many_the_higher_one_of_each_two_stays() throws IOException {
    Event[] many = new Event[2 * TOO_MANY - 2];
    for (int i = 0; i < TOO_MANY - 1; i++) {
      CgroupEvent cgroup = new CgroupEvent();
      cgroup.usage = i % 2 == 0 ? 100 + i : 50;
      PressureEvent pressure = new PressureEvent();
      pressure.systemFull = i % 2 == 0 ? 3 : 100 + i;
      many[2 * i] = cgroup;
      many[2 * i + 1] = pressure;
    }
    read(many);
    assertThat(surroundings.cgroups("run")).hasSize(TOO_MANY - 1);
    assertThat(surroundings.pressure("run")).hasSize(TOO_MANY - 1);
    read(new CgroupEvent(), new PressureEvent());
    assertThat(surroundings.cgroups("run"))
        .hasSize(TOO_MANY / 2)
        .allMatch(sample -> sample.usageBytes() >= 100);
    assertThat(surroundings.pressure("run")).hasSize(TOO_MANY / 2);
    assertThat(surroundings.pressure("run").subList(0, TOO_MANY / 2 - 1))
        .allMatch(sample -> sample.systemFullPercent() >= 1);
  }

  private static CgroupProcessEvent process(long pid, long bytes, boolean child) {
    CgroupProcessEvent event = new CgroupProcessEvent();
    event.processId = pid;
    event.parentId = 1;
    event.processName = "p" + pid;
    event.child = child;
    event.held = bytes;
    return event;
  }

  private List<RecordedEvent> read(Event... events) throws IOException {
    try (Recording recording = new Recording()) {
      recording.start();
      for (Event event : events) {
        event.commit();
      }
      Path file = folder.resolve(recordings++ + ".jfr");
      recording.dump(file);
      List<RecordedEvent> recorded =
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> event.getEventType().getName().startsWith("memreport."))
              .sorted(Comparator.comparing(RecordedEvent::getStartTime))
              .toList();
      recorded.forEach(surroundings::add);
      return recorded;
    }
  }
}
