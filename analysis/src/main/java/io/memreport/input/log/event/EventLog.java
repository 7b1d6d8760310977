// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.event;

import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The events that were found; of very many, the latest ones. */
public final class EventLog {
  private static final int MOST_EVENTS = 1000;

  /** Lines about one kill stand within this time, if they have one. */
  private static final double TOGETHER_SECONDS = 5;

  /** Without a time they stand within so many lines. */
  private static final long TOGETHER_LINES = 200;

  private final Deque<EventBuilder> events = new ArrayDeque<>();
  private long dropped;

  public EventBuilder add(EventKind kind, Killer killer) {
    EventBuilder event = new EventBuilder(kind, killer);
    events.addLast(event);
    if (events.size() > MOST_EVENTS) {
      events.removeFirst();
      dropped++;
    }
    return event;
  }

  void remove(EventBuilder event) {
    events.removeIf(known -> known == event);
  }

  /** The latest event like this that belongs with the line, by time or by place; or null. */
  public EventBuilder near(LogLine line, Predicate<EventBuilder> like) {
    return near(line, TOGETHER_SECONDS, like);
  }

  public EventBuilder near(LogLine line, double seconds, Predicate<EventBuilder> like) {
    for (Iterator<EventBuilder> latest = events.descendingIterator(); latest.hasNext(); ) {
      EventBuilder event = latest.next();
      if (like.test(event) && belongs(event, line.time(), line, seconds)) {
        return event;
      }
    }
    return null;
  }

  private static boolean belongs(
      EventBuilder event, LogTime time, LogLine line, double withinSeconds) {
    Double seconds = event.secondsFrom(time);
    if (seconds != null) {
      return seconds <= withinSeconds;
    }
    boolean close = line.number() - event.lastLine() <= TOGETHER_LINES;
    return close && line.source().equals(event.source());
  }

  public Iterable<EventBuilder> all() {
    return events;
  }

  public long dropped() {
    return dropped;
  }

  public List<LogEvent> built() {
    List<LogEvent> built = new ArrayList<>();
    for (EventBuilder event : events) {
      built.add(event.build("k" + (built.size() + 1)));
    }
    return built;
  }
}
