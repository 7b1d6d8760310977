// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.memreport.input.log.build.BuildServers;
import io.memreport.input.log.build.BuildTools;
import io.memreport.input.log.build.JvmTexts;
import io.memreport.input.log.build.Refusals;
import io.memreport.input.log.document.Documents;
import io.memreport.input.log.document.JsonBlocks;
import io.memreport.input.log.document.PodTexts;
import io.memreport.input.log.event.AskedSignals;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.kernel.CgroupFiles;
import io.memreport.input.log.kernel.KernelReport;
import io.memreport.input.log.kernel.WrappedLines;
import io.memreport.input.log.killer.Containers;
import io.memreport.input.log.killer.Earlyoom;
import io.memreport.input.log.killer.FacebookOomd;
import io.memreport.input.log.killer.Kubelet;
import io.memreport.input.log.killer.Macos;
import io.memreport.input.log.killer.Nohang;
import io.memreport.input.log.killer.SystemdOomd;
import io.memreport.input.log.killer.SystemdUnits;
import io.memreport.input.log.line.Entry;
import io.memreport.input.log.line.Keywords;
import io.memreport.input.log.line.LinePrefix;
import io.memreport.input.log.line.LineSplitter;
import io.memreport.input.log.line.LineText;
import io.memreport.input.log.line.LogLine;
import io.memreport.input.log.line.Mention;
import io.memreport.input.log.line.Timestamps;
import io.memreport.input.log.line.Wrapping;
import io.memreport.input.log.platform.AixErrorLog;
import io.memreport.input.log.platform.Jvmkill;
import io.memreport.input.log.platform.Lambda;
import io.memreport.input.log.platform.MpiExec;
import io.memreport.input.log.platform.MysqldSafe;
import io.memreport.input.log.platform.PlatformKills;
import io.memreport.input.log.sharedmemory.MemoryRefused;
import io.memreport.input.log.sharedmemory.SharedMemoryRefused;
import io.memreport.model.log.KernelLogSpan;
import io.memreport.model.log.LogReading;
import io.memreport.model.log.LogTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads logs in one pass and a fixed amount of memory: lines without a keyword are not even made
 * into text.
 */
public final class LogReader {
  /** An excerpt may begin in the middle of a report, where lines have no keyword. */
  private static final long EXCERPT_LINES = 3000;

  private static final long LOOKED_AT = 256;

  /** The same for each log, and dear to make. */
  private static final Keywords KEYWORDS =
      new Keywords(
          Stream.concat(
                  Wrapping.KEYWORDS.stream(),
                  recognisers().stream().flatMap(one -> one.keywords().stream()))
              .toList());

  private final Timestamps timestamps;
  private final EventLog events = new EventLog();
  private final List<String> notes = new ArrayList<>();
  private final List<KernelLogSpan> kernelLogs = new ArrayList<>();
  private long bytes;
  private long lines;

  /**
   * @param now the latest that a line without a year can be from
   * @param zone of lines that don't name theirs
   */
  public LogReader(Instant now, ZoneId zone) {
    timestamps = new Timestamps(now, zone);
  }

  /**
   * Reads a log; call it for each.
   *
   * @param name what to call it in the report
   */
  public void read(InputStream in, String name) throws IOException {
    new OneLog(name).read(in);
  }

  /** What all of them said. */
  public LogReading result() {
    if (events.dropped() > 0) {
      notes.add("Of very many events the first " + events.dropped() + " are left out.");
    }
    return new LogReading(
        events.built(), bytes, lines, List.copyOf(notes), List.copyOf(kernelLogs));
  }

  private static List<Recogniser> recognisers() {
    return List.of(
        new AskedSignals(),
        new SharedMemoryRefused(),
        new MemoryRefused(),
        new KernelReport(),
        new CgroupFiles(),
        new FacebookOomd(),
        new SystemdOomd(),
        new SystemdUnits(),
        new Earlyoom(),
        new Nohang(),
        new PodTexts(),
        new Kubelet(),
        new PlatformKills(),
        new MysqldSafe(),
        new MpiExec(),
        new AixErrorLog(),
        new Lambda(),
        new Jvmkill(),
        new Containers(),
        new BuildTools(),
        new BuildServers(),
        new Refusals(),
        new JvmTexts(),
        new Macos());
  }

  private final class OneLog implements LineSplitter.Lines, JsonBlocks.Taker {
    private final String name;
    private final List<Recogniser> recognisers = recognisers();
    private final WrappedLines wrapped = new WrappedLines(this::dispatch);
    private final JsonBlocks blocks = new JsonBlocks(this);
    private final Wrapping wrapping = new Wrapping();
    private final Coverage coverage = new Coverage();
    private boolean cut;
    private boolean open;
    private long seen;

    OneLog(String name) {
      this.name = name;
    }

    void read(InputStream in) throws IOException {
      LineSplitter splitter = new LineSplitter(KEYWORDS.another(), this);
      splitter.read(in);
      blocks.close();
      wrapped.end();
      recognisers.forEach(recogniser -> recogniser.close(events));
      KernelLogSpan span = coverage.span(name);
      if (span != null) {
        kernelLogs.add(span);
      }
      bytes += splitter.byteCount();
      lines += splitter.lineCount();
      if (cut) {
        notes.add(name + " has lines of more than 1 MiB, of which only the beginning was read.");
      }
    }

    @Override
    public boolean wantsAll() {
      // One in a while says how far the log goes.
      return open || ++seen <= EXCERPT_LINES || seen % LOOKED_AT == 0;
    }

    @Override
    public void line(byte[] line, int from, int length, long number, boolean isCut) {
      cut |= isCut;
      blocks.line(new String(line, from, length, StandardCharsets.UTF_8), number);
      // Only lines that they get can change it.
      open =
          blocks.isOpen() || wrapped.isOpen() || recognisers.stream().anyMatch(Recogniser::isOpen);
    }

    @Override
    public void value(JsonNode value, List<String> lines, long firstNumber) {
      LogLine first = LinePrefix.strip("", timestamps, name, firstNumber);
      if (Documents.read(value, first, events, time -> LinePrefix.time(time, timestamps))) {
        return;
      }
      List<Entry> entries = Entry.in(value);
      if (entries.isEmpty()) {
        lines(lines, firstNumber);
      }
      entries.forEach(entry -> entry(entry, firstNumber));
    }

    @Override
    public void lines(List<String> lines, long firstNumber) {
      long number = firstNumber;
      for (String line : lines) {
        entry(wrapping.unwrapped(line), number++);
      }
    }

    private void entry(Entry entry, long number) {
      LogTime time = entry.time() == null ? null : LinePrefix.time(entry.time(), timestamps);
      for (String text : LineText.of(entry.message())) {
        LogLine line = LinePrefix.strip(text, timestamps, name, number);
        LogLine timed = line.time() == null ? line.at(time) : line;
        coverage.look(text, timed.time());
        if (!Mention.is(timed)) {
          wrapped.line(timed);
        }
      }
    }

    private void dispatch(LogLine line) {
      for (Recogniser recogniser : recognisers) {
        if (recogniser.read(line, events)) {
          return;
        }
      }
    }
  }
}
