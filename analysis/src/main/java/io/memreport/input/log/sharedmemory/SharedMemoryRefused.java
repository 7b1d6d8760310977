// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.RepeatedFailures;
import io.memreport.input.log.event.SharedMemoryDraft;
import io.memreport.input.log.line.LogLine;
import io.memreport.input.log.line.Quotation;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shared memory or semaphores that PostgreSQL, initdb or another program did not get. */
public final class SharedMemoryRefused implements Recogniser {
  /** So far behind an error its details are looked for, among lines of other backends. */
  private static final int REACH = 200;

  private static final int MOST_BACKENDS = 64;
  private static final long NO_PID = -1;
  private static final Pattern DETAIL =
      Pattern.compile("DETAIL: .{0,60}shmget\\(key=(\\d{1,18}), size=(\\d{1,18}), ");

  /** Calls that initdb's probes make too. */
  private static final Set<String> OF_INITDB = Set.of("shmget", "semget", "mmap");

  private final ServerSigns signs = new ServerSigns();
  private final InitdbProbes probes = new InitdbProbes();
  private final BrowserCrash browser = new BrowserCrash();
  private final Quotation quotation = new Quotation();
  private final OracleErrors oracle = new OracleErrors();
  private final PythonSemaphores python = new PythonSemaphores();
  private final Map<Long, FailedBackend> backends = new LinkedHashMap<>();
  private FailedBackend last;
  private int reach;
  private String source;

  @Override
  public List<String> keywords() {
    List<String> words = new ArrayList<>(ServerSigns.KEYWORDS);
    words.addAll(Allocators.keywords());
    words.addAll(
        List.of(
            "shared memory",
            "could not create semaphores",
            "shmget",
            "shmat",
            "shm_open",
            "shmop_open",
            "semget",
            "sem_open",
            "sem_get",
            PythonSemaphores.LOCK,
            "ORA-27102",
            "ORA-27125",
            "/torch_",
            "/psm_",
            "/dev/shm",
            "shm-size",
            "shm_size",
            "disable-dev-shm-usage",
            "page crash",
            "screen>",
            "class=\"screen\"",
            "programlisting",
            "</pre>",
            "selecting d",
            "bootstrap script"));
    return words;
  }

  @Override
  public boolean isOpen() {
    return reach > 0;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    source = line.source();
    signs.look(line.text());
    browser.look(line);
    quotation.look(line);
    if (reach > 0 && --reach == 0) {
      backends.clear();
      last = null;
    }
    if (last != null && last.continues(line)) {
      return true;
    }
    last = null;
    PostgresLine postgres = PostgresLine.of(line);
    if (postgres != null && !postgres.isMessage()) {
      return belongs(postgres, line);
    }
    if (postgres != null) {
      backends.remove(key(postgres));
    }
    return failed(line, postgres, events) || probed(line, events);
  }

  private boolean belongs(PostgresLine postgres, LogLine line) {
    FailedBackend backend = backends.get(key(postgres));
    if (backend == null) {
      return false;
    }
    backend.read(postgres, line);
    last = backend;
    return true;
  }

  private static Long key(PostgresLine line) {
    return line == null || line.pid() == null ? Long.valueOf(NO_PID) : line.pid();
  }

  private boolean probed(LogLine line, EventLog events) {
    boolean read = probes.read(line, events);
    if (read) {
      reach = REACH;
    }
    return read;
  }

  private boolean failed(LogLine line, PostgresLine postgres, EventLog events) {
    SharedMemoryMention mention = PostgresShmTexts.in(line.text());
    SharedMemoryMention known = mention == null ? Allocators.in(line.text()) : null;
    if (mention == null && known == null) {
      mention = SharedMemoryCalls.in(line.text());
    }
    if (mention == null) {
      mention = oracle.in(line);
      reach = oracle.isOpen(line.number()) ? Math.max(reach, 2) : reach;
    }
    if (mention == null && known == null) {
      known = python.in(line);
      reach = python.isOpen(line.number()) ? Math.max(reach, 2) : reach;
    }
    boolean quoted =
        mention != null
            && (!ShmExhaustion.isOne(mention.failure())
                || quotation.is(line, mention.start(), mention.end()));
    if (mention == null || quoted) {
      mention = known;
    }
    if (mention == null || !ShmExhaustion.isOne(mention.failure())) {
      return false;
    }
    SharedMemoryDraft failure = mention.failure();
    sameLine(line, failure);
    EventBuilder event =
        event(failure, events)
            .sign(postgres == null ? line.shownFrom(mention.start()) : postgres.shown(line));
    event.sharedMemory = failure;
    if (postgres != null && failure.isOfPostgres()) {
      failure.backendPid = postgres.pid();
      failure.stamp = postgres.stamp();
    }
    if (failure.isOfPostgres()) {
      if (backends.size() >= MOST_BACKENDS) {
        backends.remove(backends.keySet().iterator().next());
      }
      backends.put(key(postgres), new FailedBackend(event, failure));
      reach = REACH;
    }
    return true;
  }

  /** An exception may quote the detail within the same line. */
  private static void sameLine(LogLine line, SharedMemoryDraft failure) {
    Matcher detail = DETAIL.matcher(line.text());
    if (failure.sizeBytes == null && "shmget".equals(failure.call) && detail.find()) {
      failure.key = Long.valueOf(detail.group(1));
      failure.sizeBytes = Long.valueOf(detail.group(2));
    }
  }

  /** That of initdb's probes, which failed for the same reason, or a new one. */
  private EventBuilder event(SharedMemoryDraft failure, EventLog events) {
    boolean initdb = failure.isOfPostgres() && OF_INITDB.contains("" + failure.call);
    EventBuilder probed = initdb ? probes.take() : null;
    failure.earlySignature = probed != null;
    failure.smallSegment = probed != null && probes.isModern();
    return probed == null ? events.add(EventKind.SHM_EXHAUSTED, Killer.UNKNOWN) : probed;
  }

  @Override
  public void close(EventLog events) {
    browser.close(events);
    for (EventBuilder event : events.all()) {
      if (event.sharedMemory != null && event.source().equals(source)) {
        finish(event);
      }
    }
    RepeatedFailures.merge(events);
  }

  private void finish(EventBuilder event) {
    SharedMemoryDraft failure = event.sharedMemory;
    boolean linuxOnly = "posix_fallocate".equals(failure.call);
    failure.os = linuxOnly ? OperatingSystem.LINUX : signs.system();
    failure.resource = ShmExhaustion.resource(failure, failure.os);
    if (failure.errno == null && failure.call == null && failure.id == null) {
      // Only the effects are in the text: initdb's probes, a page that crashed.
      failure.resource = failure.earlySignature ? null : SharedMemoryResource.DEV_SHM;
    }
    if (failure.resource == SharedMemoryResource.REMOVED) {
      event.kind = EventKind.NO_KILL;
      event.detail(
          "Somebody removed shared memory that PostgreSQL was using; nothing leaked and nothing ran"
              + " out.");
    }
    if (failure.isOfPostgres() && failure.key != null && "shmget".equals(failure.call)) {
      event.note(SegmentKey.meaning(failure.key, signs.version()));
    }
  }
}
