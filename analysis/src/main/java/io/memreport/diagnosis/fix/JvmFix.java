// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.fix;

import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Fix.Setting;
import io.memreport.model.verdict.Fix.Snippet;
import io.memreport.model.verdict.FixKind;
import java.util.ArrayList;
import java.util.List;

/** One option of the java command in all the places that pass it on. */
public final class JvmFix {
  /** The option for the largest Java heap. */
  public static final String MAX_HEAP = "-Xmx";

  private static final long MIB = 1 << 20;

  private JvmFix() {}

  /**
   * Bounds a kind of memory.
   *
   * @param option up to its value, as {@code -Xmx} or {@code -XX:MaxMetaspaceSize=}
   * @param from bytes that it allows now, null if that is not known
   * @param percent the same bound in hundredths of the cgroup's limit, for the heap only, else null
   */
  public static Fix bound(String option, Long from, long toBytes, Integer percent) {
    String size = toBytes / MIB + "m";
    List<Snippet> snippets = snippets(option + size);
    if (option.equals(MAX_HEAP)) {
      snippets.set(
          1, new Snippet("Gradle", "tasks.withType<Test> { maxHeapSize = \"" + size + "\" }"));
    }
    if (percent != null) {
      snippets.add(new Snippet("Container", "-XX:MaxRAMPercentage=" + percent));
    }
    return new Fix(
        FixKind.JVM_OPTION,
        List.of(new Setting(name(option), from == null ? null : from / MIB + "m", size)),
        from == null || from < toBytes ? null : Long.valueOf(from - toBytes),
        List.copyOf(snippets));
  }

  /** Sets an option, up to its value as above, that bounds nothing by itself. */
  public static Fix option(String option, String value) {
    return new Fix(
        FixKind.JVM_OPTION,
        List.of(new Setting(name(option), null, value)),
        null,
        List.copyOf(snippets(option + value)));
  }

  private static String name(String option) {
    return option.endsWith("=") ? option.substring(0, option.length() - 1) : option;
  }

  private static List<Snippet> snippets(String text) {
    return new ArrayList<>(
        List.of(
            new Snippet("Surefire, Failsafe", "<argLine>" + text + "</argLine>"),
            new Snippet("Gradle", "tasks.withType<Test> { jvmArgs(\"" + text + "\") }"),
            new Snippet("java", "java " + text + " …"),
            new Snippet("Environment", "export JAVA_TOOL_OPTIONS=\"" + text + "\"")));
  }
}
