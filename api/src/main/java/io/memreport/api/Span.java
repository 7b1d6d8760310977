// SPDX-License-Identifier: Apache-2.0
package io.memreport.api;

/**
 * A unit of work whose memory is measured as that of a test: a job, an import, a kind of request.
 *
 * <pre>{@code
 * try (Span span = Span.open("nightly import")) {
 *   ...
 * }
 * }</pre>
 *
 * <p>What the thread that opened it does until it is closed is the span's, with the queries and the
 * threads that it starts. Spans may lie within each other; each is closed on the thread that opened
 * it. Without the agent nothing happens. A span writes two events: open one for a job, not for each
 * of a million requests. While 500 are open, further ones are not measured.
 */
public final class Span implements AutoCloseable {
  /** The agent's own, null without it. */
  private Object scope;

  private Span() {}

  /**
   * Begins a unit of work on this thread.
   *
   * @param name as the report shows it; not null
   */
  public static Span open(String name) {
    Span span = new Span();
    span.begin(name);
    return span;
  }

  /** The agent weaves its start in here. */
  private void begin(String name) {
    if (name == null) {
      throw new NullPointerException("name");
    }
  }

  /** Whether the agent measures it, and it is not over. */
  public boolean isMeasured() {
    return scope != null;
  }

  /** It is over; further calls do nothing. The agent weaves its end in here. */
  @Override
  public void close() {
    scope = null;
  }
}
