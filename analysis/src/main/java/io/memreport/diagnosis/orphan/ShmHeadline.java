// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmKind;
import io.memreport.model.shm.ShmLimitUse;
import io.memreport.model.shm.ShmState;
import java.util.ArrayList;
import java.util.List;

/** What a tired person needs to know of shared memory, in one sentence. */
final class ShmHeadline {
  private ShmHeadline() {}

  static String of(List<ShmEntry> entries, ShmLimitUse limits) {
    List<String> parts = new ArrayList<>();
    List<ShmEntry> orphans = in(ShmState.ORPHAN, entries);
    if (!orphans.isEmpty()) {
      parts.add(orphans(orphans, limits));
    }
    List<ShmEntry> abandoned = in(ShmState.ABANDONED_SERVER, entries);
    if (!abandoned.isEmpty()) {
      parts.add(
          abandoned.size() == 1
              ? "PostgreSQL server "
                  + abandoned.get(0).server().pid()
                  + " is abandoned and still runs"
              : abandoned.size() + " abandoned PostgreSQL servers still run");
    }
    if (parts.isEmpty()) {
      parts.add("no orphans");
    }
    parts.add(
        limits.shmmni() == null
            ? limits.idsUsed() + " ids are taken"
            : limits.idsUsed() + " of " + limits.shmmni() + " ids are taken");
    String sentence = String.join("; ", parts) + ".";
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static String orphans(List<ShmEntry> orphans, ShmLimitUse limits) {
    long ids = orphans.stream().filter(o -> o.kind() == ShmKind.SYSV).count();
    long files = orphans.size() - ids;
    List<String> held = new ArrayList<>();
    if (ids > 0) {
      held.add(
          ids
              + (limits.shmmni() == null ? "" : " of " + limits.shmmni())
              + (ids == 1 && limits.shmmni() == null ? " id" : " ids"));
    }
    if (files > 0) {
      held.add(files + (files == 1 ? " file" : " files") + " in /dev/shm");
    }
    long bytes = orphans.stream().mapToLong(ShmEntry::bytes).sum();
    return orphans.size()
        + (orphans.size() == 1 ? " orphan holds " : " orphans hold ")
        + String.join(" and ", held)
        + ", "
        + Units.bytes(bytes);
  }

  private static List<ShmEntry> in(ShmState state, List<ShmEntry> entries) {
    return entries.stream().filter(entry -> entry.state() == state).toList();
  }
}
