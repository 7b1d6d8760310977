// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Fix.Setting;
import io.memreport.model.verdict.Fix.Snippet;
import org.junit.jupiter.api.Test;

class FixesTest {
  private static final long MIB = 1 << 20;

  @Test
  void a_smaller_heap_is_set_where_each_tool_sets_it_and_gains_the_difference() {
    Fix fix = JvmFix.bound(JvmFix.MAX_HEAP, 512 * MIB, 200 * MIB + 5, 61);
    assertThat(fix.settings()).containsExactly(new Setting("-Xmx", "512m", "200m"));
    assertThat(fix.gainBytes()).isEqualTo(312 * MIB - 5);
    assertThat(fix.snippets())
        .containsExactly(
            new Snippet("Surefire, Failsafe", "<argLine>-Xmx200m</argLine>"),
            new Snippet("Gradle", "tasks.withType<Test> { maxHeapSize = \"200m\" }"),
            new Snippet("java", "java -Xmx200m …"),
            new Snippet("Environment", "export JAVA_TOOL_OPTIONS=\"-Xmx200m\""),
            new Snippet("Container", "-XX:MaxRAMPercentage=61"));
  }

  @Test
  void what_allowed_less_before_gains_nothing() {
    assertThat(JvmFix.bound("-Xmx", 100 * MIB, 200 * MIB, null).gainBytes()).isNull();
    assertThat(JvmFix.bound("-Xmx", 200 * MIB, 200 * MIB, null).gainBytes()).isZero();
    assertThat(JvmFix.bound("-Xmx", null, 200 * MIB, null).gainBytes()).isNull();
  }

  @Test
  void an_option_is_named_without_its_value() {
    Fix fix = JvmFix.bound("-XX:MaxMetaspaceSize=", null, 80 * MIB, null);
    assertThat(fix.settings()).containsExactly(new Setting("-XX:MaxMetaspaceSize", null, "80m"));
    assertThat(fix.snippets().get(1).text())
        .isEqualTo("tasks.withType<Test> { jvmArgs(\"-XX:MaxMetaspaceSize=80m\") }");
    assertThat(JvmFix.option("-XX:TrimNativeHeapInterval=", "5000").settings())
        .containsExactly(new Setting("-XX:TrimNativeHeapInterval", null, "5000"));
  }

  @Test
  void fewer_forks_are_set_in_the_pom_on_the_command_line_and_in_gradle() {
    Fix fix = BuildFix.forks(4, 2);
    assertThat(fix.settings()).containsExactly(new Setting("forkCount", "4", "2"));
    assertThat(fix.snippets().stream().map(Snippet::text))
        .containsExactly(
            "<forkCount>2</forkCount>",
            "mvn verify -DforkCount=2",
            "tasks.withType<Test> { maxParallelForks = 2 }");
  }

  @Test
  void a_variable_is_set_where_each_tool_sets_it() {
    Fix fix = EnvironmentFix.of("MALLOC_ARENA_MAX", "2");
    assertThat(fix.snippets().stream().map(Snippet::text))
        .containsExactly(
            "export MALLOC_ARENA_MAX=2",
            "Environment=MALLOC_ARENA_MAX=2",
            "ENV MALLOC_ARENA_MAX=2",
            "<environmentVariables><MALLOC_ARENA_MAX>2</MALLOC_ARENA_MAX></environmentVariables>",
            "tasks.withType<Test> { environment(\"MALLOC_ARENA_MAX\", \"2\") }");
  }
}
