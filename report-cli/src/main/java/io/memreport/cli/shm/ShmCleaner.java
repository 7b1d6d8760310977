// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.shm;

import io.memreport.diagnosis.orphan.ShmDiagnosis;
import io.memreport.model.shm.PostgresServer;
import io.memreport.model.shm.ServerStop;
import io.memreport.model.shm.ShmCleaning;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmOutcome;
import io.memreport.model.shm.ShmRemoval;
import io.memreport.model.shm.ShmReport;
import io.memreport.model.shm.ShmServer;
import io.memreport.model.shm.ShmState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes orphans. Each is judged anew, by facts read anew, right before it is removed: what was
 * true when the list was made may not be any more.
 */
public final class ShmCleaner {
  /** Where facts come from. */
  public interface Source {
    ShmFacts read() throws IOException;
  }

  private final ShmDiagnosis diagnosis;
  private final Source source;
  private final boolean stopServers;

  public ShmCleaner(ShmDiagnosis diagnosis, Source source, boolean stopServers) {
    this.diagnosis = diagnosis;
    this.source = source;
    this.stopServers = stopServers;
  }

  /** What it would do. */
  public ShmCleaning look() throws IOException {
    ShmReport report = diagnosis.of(source.read());
    List<ServerStop> servers = new ArrayList<>();
    for (ShmEntry entry : report.in(ShmState.ABANDONED_SERVER)) {
      ShmServer server = entry.server();
      Optional<String> refusal = refusal(server, report);
      servers.add(
          !stopServers || refusal.isPresent()
              ? stop(
                  server, ShmOutcome.KEPT, entry.reason() + refusal.map(r -> "; " + r).orElse(""))
              : stop(server, ShmOutcome.WOULD_STOP, entry.reason()));
    }
    List<ShmRemoval> removals = new ArrayList<>();
    for (ShmEntry entry : report.in(ShmState.ORPHAN)) {
      removals.add(removal(entry, ShmOutcome.WOULD_REMOVE, entry.reason()));
    }
    return cleaning(true, servers, removals, report);
  }

  /** Does it. */
  public ShmCleaning clean() throws IOException {
    ShmReport before = diagnosis.of(source.read());
    List<ServerStop> servers = new ArrayList<>();
    for (ShmEntry entry : before.in(ShmState.ABANDONED_SERVER)) {
      servers.add(
          stopServers ? stopped(entry) : stop(entry.server(), ShmOutcome.KEPT, entry.reason()));
    }
    // A server that has ended leaves no doubt about what it might have come back to.
    ShmReport withoutServers = servers.isEmpty() ? before : diagnosis.of(source.read());
    List<ShmRemoval> removals = new ArrayList<>();
    for (ShmEntry entry : withoutServers.in(ShmState.ORPHAN)) {
      removals.add(removed(entry));
    }
    return cleaning(false, servers, removals, diagnosis.of(source.read()));
  }

  private ShmRemoval removed(ShmEntry entry) throws IOException {
    Optional<ShmEntry> again =
        diagnosis.of(source.read()).segments().stream()
            .filter(now -> now.kind() == entry.kind() && now.id().equals(entry.id()))
            .findFirst();
    if (again.isEmpty()) {
      return removal(entry, ShmOutcome.ALREADY_GONE, "it is gone");
    }
    ShmEntry now = again.get();
    if (!now.object().isSame(entry.object())) {
      return removal(entry, ShmOutcome.KEPT, "it has changed since it was found");
    }
    if (now.state() != ShmState.ORPHAN) {
      return removal(entry, ShmOutcome.KEPT, now.reason());
    }
    Optional<String> failure = ShmDeletion.of(now.object());
    if (failure.isEmpty()) {
      return removal(entry, ShmOutcome.REMOVED, now.reason());
    }
    boolean there =
        source.read().objects().stream().anyMatch(object -> object.isSame(now.object()));
    return there
        ? removal(entry, ShmOutcome.FAILED, failure.get())
        : removal(entry, ShmOutcome.ALREADY_GONE, "somebody else removed it");
  }

  private ServerStop stopped(ShmEntry entry) throws IOException {
    PostgresServer before = entry.server().facts();
    ShmReport report = diagnosis.of(source.read());
    Optional<ShmEntry> again =
        report.segments().stream()
            .filter(now -> now.server() != null && now.server().facts().pid() == before.pid())
            .filter(now -> now.server().facts().startTicks() != null)
            .filter(now -> now.server().facts().startTicks().equals(before.startTicks()))
            .findFirst();
    if (again.isEmpty()) {
      return stop(entry.server(), ShmOutcome.ALREADY_GONE, "it is gone");
    }
    ShmServer now = again.get().server();
    if (again.get().state() != ShmState.ABANDONED_SERVER) {
      return stop(now, ShmOutcome.KEPT, again.get().reason());
    }
    Optional<String> refusal = refusal(now, report);
    if (refusal.isPresent()) {
      return stop(now, ShmOutcome.KEPT, refusal.get());
    }
    return PgCtl.stop(now.facts())
        .map(failure -> stop(now, ShmOutcome.FAILED, failure))
        .orElseGet(() -> stop(now, ShmOutcome.STOPPED, again.get().reason()));
  }

  /** Why it is not for us to stop, if so. */
  private static Optional<String> refusal(ShmServer server, ShmReport report) {
    PostgresServer facts = server.facts();
    if (facts.uid() == null || !facts.uid().equals(report.uid())) {
      return Optional.of("it is another user's: run the command as that user");
    }
    if (facts.dataDirectoryGone()) {
      return Optional.of("its folder is gone, and it will end by itself within a minute");
    }
    return facts.pgCtl() == null
        ? Optional.of("there is no pg_ctl beside its program")
        : Optional.empty();
  }

  private static ServerStop stop(ShmServer server, ShmOutcome outcome, String reason) {
    return new ServerStop(
        server.pid(), server.user(), server.dataDirectory(), server.stop(), outcome, reason);
  }

  private static ShmRemoval removal(ShmEntry entry, ShmOutcome outcome, String reason) {
    return new ShmRemoval(entry.kind(), entry.id(), entry.key(), entry.bytes(), outcome, reason);
  }

  private static ShmCleaning cleaning(
      boolean dryRun, List<ServerStop> servers, List<ShmRemoval> removals, ShmReport after) {
    List<ShmEntry> remaining = new ArrayList<>(after.in(ShmState.ORPHAN));
    remaining.addAll(after.in(ShmState.ABANDONED_SERVER));
    return new ShmCleaning(
        "memreport-shm-clean/1",
        after.at(),
        dryRun,
        servers,
        removals,
        after.segments().stream().filter(entry -> !remaining.contains(entry)).toList(),
        remaining.size(),
        after.notes());
  }
}
