// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.api.Span;
import java.util.ArrayList;
import java.util.List;

/** A service with jobs: one within another, one on a thread of its own, one that throws. */
public final class SpanProgram {
  private static final List<byte[]> KEPT = new ArrayList<>();

  private SpanProgram() {}

  public static void main(String[] arguments) throws Exception {
    try (Span outer = Span.open("nightly import")) {
      KEPT.add(new byte[3 << 20]);
      System.out.println("measured " + outer.isMeasured());
      try (Span inner = Span.open("parse")) {
        KEPT.add(new byte[5 << 20]);
        System.out.println("measured " + inner.isMeasured());
      }
    }
    Thread thread =
        new Thread(
            () -> {
              Span span = Span.open("report");
              KEPT.add(new byte[7 << 20]);
              span.close();
              span.close();
            });
    thread.start();
    thread.join();
    try (Span failing = Span.open("export")) {
      throw new IllegalStateException("measured " + failing.isMeasured());
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage() + ", kept " + KEPT.size());
    }
    Jobs.runNightly();
    Jobs.prepare();
    try {
      Jobs.runBroken();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Knows nothing of spans. */
  static final class Jobs {
    private Jobs() {}

    static void runNightly() {
      KEPT.add(new byte[4 << 20]);
      prepare();
    }

    static void prepare() {
      KEPT.add(new byte[2 << 20]);
    }

    static void runBroken() {
      if (!KEPT.isEmpty()) {
        throw new IllegalStateException("broken");
      }
    }
  }
}
