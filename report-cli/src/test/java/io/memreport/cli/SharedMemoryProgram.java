// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.cli.shm.ShmCleaner;
import io.memreport.diagnosis.orphan.ShmDiagnosis;
import io.memreport.input.shm.SharedMemory;
import io.memreport.model.shm.ProcessFate;
import io.memreport.model.shm.ShmCleaning;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmKind;
import io.memreport.model.shm.ShmOutcome;
import io.memreport.model.shm.ShmProcess;
import io.memreport.model.shm.ShmRemoval;
import io.memreport.model.shm.ShmState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What SharedMemoryIT runs in an IPC namespace and with a /dev/shm of its own. */
final class SharedMemoryProgram {
  private static final int CLEANINGS = 1000;
  private static final ShmDiagnosis AT_ONCE = new ShmDiagnosis(0);

  private SharedMemoryProgram() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "everyday" -> everyday(arguments[1]);
      case "race" -> race(arguments[1]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void everyday(String helper) throws Exception {
    String orphan = ipcmk();
    changedInTheMeantime(orphan);
    Path named = Path.of("/dev/shm/PostgreSQL.4711");
    Path left = Path.of("/dev/shm/PostgreSQL.4712");
    Path other = Path.of("/dev/shm/sem.\u001b[2Jother");
    Files.writeString(left, "left");
    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(other, "other");
    try (SegmentMaker holder = new SegmentMaker(helper, "hold");
        SegmentMaker zombie = new SegmentMaker(helper, "zombie");
        SegmentMaker mapper = new SegmentMaker(helper, "map", named.toString())) {
      String held = holder.line();
      String ofZombie = zombie.line();
      assertThat(mapper.line()).isEqualTo("mapped");

      ShmEntry inUse = entry(held);
      assertThat(inUse.state()).isEqualTo(ShmState.IN_USE);
      assertThat(inUse.attached()).isEqualTo(1);
      assertThat(inUse.creator().pid()).isEqualTo(holder.pid());
      assertThat(inUse.creator().state()).isEqualTo(ProcessFate.ALIVE);
      assertThat(inUse.creator().name()).isEqualTo("segments");
      assertThat(inUse.bytes()).isEqualTo(4096);
      assertThat(entry(orphan).state()).isEqualTo(ShmState.ORPHAN);
      assertThat(entry(orphan).creator().state()).isEqualTo(ProcessFate.DEAD);
      assertThat(entry(ofZombie).creator().state()).isEqualTo(ProcessFate.ZOMBIE);
      assertThat(entry(ofZombie).state()).isEqualTo(ShmState.ORPHAN);

      ShmEntry mapped = entry(named.getFileName().toString());
      assertThat(mapped.state()).isEqualTo(ShmState.IN_USE);
      assertThat(mapped.reason()).isEqualTo("segments (" + mapper.pid() + ") has it open");
      ShmEntry unmapped = entry(left.getFileName().toString());
      boolean seesAll = unmapped.attached() != null;
      if (!seesAll) {
        System.out.println(
            "not tried, as not all processes can be seen: to remove files of /dev/shm");
      }
      assertThat(unmapped.state()).isEqualTo(seesAll ? ShmState.ORPHAN : ShmState.UNKNOWN);
      assertThat(entry(other.getFileName().toString()).state()).isEqualTo(ShmState.UNKNOWN);

      commandLeavesWhatIsYoung();

      ShmCleaning look = new ShmCleaner(AT_ONCE, SharedMemory::read, true).look();
      assertThat(look.count(ShmOutcome.WOULD_REMOVE)).isEqualTo(seesAll ? 3 : 2);
      assertThat(entry(orphan)).isNotNull();

      ShmCleaning cleaning = new ShmCleaner(AT_ONCE, SharedMemory::read, true).clean();
      assertThat(cleaning.count(ShmOutcome.REMOVED)).isEqualTo(seesAll ? 3 : 2);
      assertThat(cleaning.remaining()).isZero();
      assertThat(entry(orphan)).isNull();
      assertThat(entry(ofZombie)).isNull();
      assertThat(entry(held).state()).isEqualTo(ShmState.IN_USE);
      assertThat(Files.exists(left)).isNotEqualTo(seesAll);
      assertThat(named).exists();
      assertThat(other).exists();
    }
  }

  /** The command itself, which never touches what was used within the last minute. */
  private static void commandLeavesWhatIsYoung() throws IOException {
    int before = SharedMemory.read().objects().size();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "shm", "clean", "--yes");
    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString())
        .startsWith("Nothing was removed; nothing is left to do.")
        .contains("less than 60 s ago")
        .doesNotContain("\u001b");
    assertThat(SharedMemory.read().objects()).hasSize(before);
  }

  /** Found as an orphan, and something else by the time that it is to be removed. */
  private static void changedInTheMeantime(String orphan) throws IOException {
    ShmFacts before = SharedMemory.read();
    int[] reads = {0};
    ShmCleaner.Source later =
        () -> {
          ShmFacts now = SharedMemory.read();
          return reads[0]++ == 0 ? before : withProcess(now, entry(orphan).creator().pid());
        };
    ShmCleaning cleaning = new ShmCleaner(AT_ONCE, later, false).clean();
    ShmRemoval kept =
        cleaning.removals().stream().filter(r -> r.id().equals(orphan)).findFirst().orElseThrow();
    assertThat(kept.outcome()).isEqualTo(ShmOutcome.KEPT);
    assertThat(kept.reason()).contains("is alive");
    assertThat(entry(orphan)).isNotNull();
  }

  private static void race(String helper) throws Exception {
    Set<String> removed = new HashSet<>();
    long failed = 0;
    long start = System.nanoTime();
    try (SegmentMaker churn = new SegmentMaker(helper, "churn", "42")) {
      List<String> lines = new ArrayList<>();
      Thread reader = new Thread(() -> read(churn, lines));
      reader.start();
      ShmCleaner cleaner = new ShmCleaner(AT_ONCE, SharedMemory::read, false);
      for (int i = 0; i < CLEANINGS && reader.isAlive(); i++) {
        for (ShmRemoval removal : cleaner.clean().removals()) {
          if (removal.outcome() == ShmOutcome.REMOVED) {
            removed.add(removal.id());
          } else if (removal.outcome() == ShmOutcome.FAILED) {
            failed++;
          }
        }
      }
      // One that has lost a segment has said which, and ended.
      if (reader.isAlive()) {
        churn.tell();
      }
      reader.join();
      assertThat(lines).noneMatch(line -> line.startsWith("LOST"));
      for (ShmRemoval removal : cleaner.clean().removals()) {
        removed.add(removal.id());
      }
      Set<String> orphans = ids("orphan ", lines);
      Set<String> live = ids("live ", lines);
      assertThat(removed).isEqualTo(orphans);
      assertThat(orphans).hasSizeGreaterThan(10);
      assertThat(failed).isZero();
      Set<String> there = new HashSet<>();
      AT_ONCE.of(SharedMemory.read()).segments().stream()
          .filter(entry -> entry.kind() == ShmKind.SYSV)
          .forEach(entry -> there.add(entry.id()));
      assertThat(there).isEqualTo(live);
      assertThat(churn.end()).as("what it says of its segments at the end").isZero();
      System.out.printf(
          "%d cleanings removed %d orphans, and none of what lived, in %d s; %s%n",
          CLEANINGS,
          orphans.size(),
          (System.nanoTime() - start) / 1_000_000_000L,
          lines.get(lines.size() - 1));
    }
  }

  private static void read(SegmentMaker churn, List<String> lines) {
    try {
      lines.addAll(churn.linesUntil("steps "));
    } catch (IOException e) {
      lines.add("LOST " + e);
    }
  }

  private static Set<String> ids(String start, List<String> lines) {
    Set<String> ids = new HashSet<>();
    lines.stream()
        .filter(line -> line.startsWith(start))
        .forEach(line -> ids.add(line.substring(start.length())));
    return ids;
  }

  /** The entry of an id, or null. */
  private static ShmEntry entry(String id) throws IOException {
    return AT_ONCE.of(SharedMemory.read()).segments().stream()
        .filter(entry -> entry.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  private static ShmFacts withProcess(ShmFacts facts, long pid) {
    facts.processes().put(pid, new ShmProcess(pid, 1L, facts.uid(), "back", false, 1L, 1L));
    return facts;
  }

  private static String ipcmk() throws Exception {
    try (SegmentMaker maker = new SegmentMaker("ipcmk", "-M", "4096")) {
      Matcher id = Pattern.compile("\\d+").matcher(maker.line());
      assertThat(id.find()).isTrue();
      maker.end();
      return id.group();
    }
  }
}
