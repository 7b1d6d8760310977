// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.diagnosis.words.Names;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.Victim;
import java.util.Comparator;
import java.util.regex.Pattern;

/** What kind of program died, as far as the text tells: a JVM's options help a JVM alone. */
enum Died {
  JVM,
  ANOTHER,
  UNKNOWN;

  /** Its launchers too, which wait in the same process or for it. */
  private static final Pattern JVMS =
      Pattern.compile(
          "(?:\\S{0,200}/)?(?:javaw?|jsvc|mvnw?|gradlew?|sbt|ant|kotlinc?|scala|groovy|lein"
              + "|spark-submit|Gradle daemon)(?:\\.exe)?");

  static Died of(LogEvent event) {
    boolean ofItself = event.kind() == EventKind.JAVA_OOM || event.kind() == EventKind.JVM_ABORT;
    boolean runsJvms = event.platform() == Platform.YARN || event.platform() == Platform.SPARK;
    if (ofItself || runsJvms || event.victims().stream().anyMatch(one -> isJvm(one.name()))) {
      return JVM;
    }
    Victim victim = event.victim();
    boolean table = event.tasks() != null && !event.tasks().largest().isEmpty();
    if (victim == null && table) {
      return isJvm(event.tasks().largest().get(0).name()) ? JVM : UNKNOWN;
    }
    // The name of a container or of a job, which have no PID, does not say what ran in it.
    boolean process = victim != null && victim.name() != null && victim.pid() != null;
    return process || fix(event) != null ? ANOTHER : UNKNOWN;
  }

  static boolean isJvm(String name) {
    return name != null && JVMS.matcher(name).matches();
  }

  /** What makes a known program hold less, or null. */
  static String fix(LogEvent event) {
    Victim victim = event.victim();
    return victim == null || victim.name() == null ? null : KnownPrograms.fix(victim.name());
  }

  /** What can be done at the process instead of at its limit, as in {@code …, or lower -Xmx}. */
  static String less(LogEvent event) {
    return less(event, "-Xmx");
  }

  /**
   * @param options of the JVM that count there
   */
  static String less(LogEvent event, String options) {
    return switch (of(event)) {
      case JVM -> "lower " + options;
      case ANOTHER -> "let " + Names.shown(event.victim().name()) + " hold less";
      case UNKNOWN -> "let the process hold less (a JVM: " + options + ")";
    };
  }

  /**
   * The process that held at least twice as much as the victim, or null: the kernel does not choose
   * by size alone.
   */
  static TaskRow larger(LogEvent event) {
    Victim victim = event.victim();
    if (event.tasks() == null || victim == null || victim.heldBytes() == null) {
      return null;
    }
    return event.tasks().largest().stream()
        .filter(row -> !row.name().equals(victim.name()))
        .filter(row -> row.heldBytes() > 2 * victim.heldBytes())
        .max(Comparator.comparingLong(TaskRow::heldBytes))
        .orElse(null);
  }
}
