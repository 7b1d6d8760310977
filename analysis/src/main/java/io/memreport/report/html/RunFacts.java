// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.JvmLimits;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** What is known of where a run took place, a line each. */
final class RunFacts {
  private final List<Fact> facts = new ArrayList<>();

  private RunFacts() {}

  static List<Fact> of(Run run) {
    RunContext context = run.context();
    RunFacts facts = new RunFacts();
    facts.add("Command", context.command());
    facts.add("JVM", context.jvm());
    facts.limits(context.limits());
    facts.add(
        "Cgroup",
        context.cgroupPath() == null || context.cgroupVersion() == null
            ? context.cgroupPath()
            : context.cgroupPath() + " (" + context.cgroupVersion() + ")");
    facts.bytes("Memory of the machine", context.machineBytes());
    facts.add("Signal", context.signal());
    facts.add("Numbers in PID namespaces", context.pidsInNamespaces());
    return facts.facts;
  }

  private void limits(JvmLimits limits) {
    if (limits == null) {
      return;
    }
    bytes("Largest Java heap", limits.maxHeapBytes());
    if (limits.maxDirectBytes() != null && limits.maxDirectBytes() == 0) {
      add("Most direct buffers", "as much as the Java heap");
    } else {
      bytes("Most direct buffers", limits.maxDirectBytes());
    }
    bytes("Largest thread stack", limits.threadStackBytes());
    if (limits.exitOnOutOfMemoryError() || limits.crashOnOutOfMemoryError()) {
      add("On an OutOfMemoryError", limits.exitOnOutOfMemoryError() ? "it exits" : "it crashes");
    }
    add("Working directory", limits.workingDirectory());
  }

  private void bytes(String name, Long bytes) {
    if (bytes != null) {
      add(name, Units.bytes(bytes));
    }
  }

  private void add(String name, String value) {
    String text = VisibleText.shorten(VisibleText.line(value), 1000);
    if (!text.isEmpty()) {
      facts.add(new Fact(name, text));
    }
  }
}
