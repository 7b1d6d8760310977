// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.verdict.Confidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JVMs and what starts them say of limits that are a JVM's own. */
class JvmTextsTest {
  private static final String EXPIRES =
      "The Daemon will expire after the build after running out of JVM Metaspace.\n";

  @Test
  void a_daemon_that_expires_need_not_have_failed() {
    LogEvent event = Logs.only(EXPIRES + "\nBUILD SUCCESSFUL in 2m 1s\n");
    assertThat(event.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertThat(event.platform()).isEqualTo(Platform.GRADLE);
    assertThat(event.exitStatus()).isNull();
    Explanation explanation = LogDiagnosis.explain(event);
    assertThat(explanation.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(explanation.headline())
        .isEqualTo(
            "Gradle's daemon was short of Metaspace and ends after the build; nobody killed it.");
    assertThat(explanation.advice().get(0)).contains("org.gradle.jvmargs");
  }

  @Test
  void its_warnings_are_one_event_and_the_error_decides() {
    String heap = "Expiring Daemon because JVM heap space is exhausted\n";
    assertThat(LogDiagnosis.explain(Logs.only(heap + heap)).headline())
        .isEqualTo(
            "Gradle's daemon was short of Java heap space and ends after the build; nobody killed it.");
    for (String log :
        new String[] {
          EXPIRES + "java.lang.OutOfMemoryError: Metaspace\n",
          "java.lang.OutOfMemoryError: Metaspace\n" + heap,
          EXPIRES + "Gradle build daemon has been stopped: after running out of JVM Metaspace\n",
        }) {
      LogEvent event = Logs.only(log);
      assertThat(event.constraint()).isEqualTo("Metaspace");
      assertThat(LogDiagnosis.explain(event).confidence()).isEqualTo(Confidence.CERTAIN);
      assertThat(LogDiagnosis.explain(event).headline()).startsWith("A JVM ran out of memory");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requested 32756 bytes for ChunkPool::allocate. Out of swap space? | Out of swap space? | native memory",
        "Cannot reserve 4096 bytes of direct buffer memory (allocated: 8192, limit: 8192) | direct buffer memory | MaxDirectMemorySize",
        "Direct buffer memory. The direct out-of-memory error has occurred: a larger size of JVM direct memory | Direct buffer memory | Find who keeps direct buffers",
        "Failed to allocate a 84328 byte allocation with 40624 free bytes and 39KB until OOM | heap of an Android app | am dumpheap",
        "Garbage-collected heap size exceeded. Consider increasing the maximum Java heap size | Garbage-collected heap size exceeded | -Xmx",
        "Map failed | Map failed | vm.max_map_count",
        "Java heap space | Java heap space | -XX:+HeapDumpOnOutOfMemoryError",
      })
  void the_headline_says_what_ran_out(String words, String what, String advice) {
    Explanation explanation =
        LogDiagnosis.explain(Logs.only("java.lang.OutOfMemoryError: " + words + "\n"));
    assertThat(explanation.headline())
        .startsWith("A JVM ran out of memory by its own limits (" + what + ")")
        .hasSizeLessThanOrEqualTo(90)
        .doesNotContain("…");
    assertThat(explanation.advice().get(0)).contains(advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | A JVM ran out of memory by its own limits; nobody killed it for its memory.",
        "134 | A JVM aborted; nobody killed it for its memory.",
        "139 | A JVM aborted; nobody killed it for its memory.",
      })
  void who_tells_of_a_status_is_not_what_ran_out(int status, String headline) {
    String log =
        "The forked VM terminated without properly saying goodbye.\nProcess Exit Code: "
            + status
            + "\n";
    assertThat(LogDiagnosis.explain(Logs.only(log)).headline()).isEqualTo(headline);
  }

  @Test
  void android_tells_how_far_a_heap_may_grow() {
    LogEvent event =
        Logs.only(
            "java.lang.OutOfMemoryError: Failed to allocate a 48 byte allocation with 8 free bytes and"
                + " 8B until OOM, target footprint 134217728, growth limit 134217728\n");
    assertThat(event.platform()).isEqualTo(Platform.ANDROID);
    assertThat(event.limit().limitBytes()).isEqualTo(128L << 20);
  }

  @Test
  void android_gets_no_thread_from_the_system_either() {
    LogEvent event =
        Logs.only("java.lang.OutOfMemoryError: pthread_create (1040KB stack) failed: Try again\n");
    assertThat(LogDiagnosis.explain(event).headline())
        .isEqualTo("A JVM got no new thread from the system; nobody killed it.");
  }

  /** Elasticsearch leaves out the package, and has JSON for what it answers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Failed to merge [shop]; nested: OutOfMemoryError[Java heap space]; | JAVA_OOM | Java heap space",
        "{\"error\":{\"caused_by\":{\"type\":\"out_of_memory_error\",\"reason\":\"Direct buffer memory\"}}} | JAVA_OOM | Direct buffer memory",
      })
  void elasticsearch_has_words_of_its_own(String line, EventKind kind, String what) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.constraint()).isEqualTo(what);
    LogEvent thread = Logs.only(line.replace(what, "unable to create new native thread") + "\n");
    assertThat(LogDiagnosis.explain(thread).advice().toString()).contains("pids.max");
  }

  @Test
  void a_jvm_goes_on_about_the_same_error() {
    LogEvent event =
        Logs.only(
            """
            Mar 09 20:56:18 ci java[12]: java.lang.OutOfMemoryError: Java heap space
            Mar 09 21:04:15 ci java[12]: Exception: java.lang.OutOfMemoryError thrown from the UncaughtExceptionHandler in thread "Timer"
            """);
    assertThat(event.constraint()).isEqualTo("Java heap space");
    LogEvent alone =
        Logs.only(
            "Exception: java.lang.OutOfMemoryError thrown from the UncaughtExceptionHandler in thread \"Timer\"\n");
    assertThat(LogDiagnosis.explain(alone).headline())
        .isEqualTo("A JVM ran out of memory by its own limits; nobody killed it for its memory.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JVMDUMP039I Processing dump event \"systhrow\", detail \"java/lang/OutOfMemoryError\" at 2026/07/04 16:22:23 - please wait. |",
        "1TISIGINFO     Dump Event \"systhrow\" (00040000) Detail \"java/lang/OutOfMemoryError\" \"native memory exhausted\" received | native memory exhausted",
      })
  void openj9_writes_dumps_at_the_error(String line, String what) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertThat(event.constraint()).isEqualTo(what);
    assertThat(Logs.events("1TISIGINFO     Dump Event \"user\" (00004000) received\n")).isEmpty();
  }

  @Test
  void a_jvm_that_gets_no_thread_of_its_own_is_told_of_threads() {
    Explanation explanation =
        LogDiagnosis.explain(
            Logs.only(
                """
                # There is insufficient memory for the Java Runtime Environment to continue.
                # Cannot create worker GC thread. Out of system resources.
                """));
    assertThat(explanation.headline())
        .isEqualTo("A JVM ended itself, because the system refused it a thread; nobody killed it.");
    assertThat(explanation.advice()).hasSize(1);
    assertThat(explanation.advice().get(0)).contains("ulimit -u").doesNotContain("overcommit");
  }
}
