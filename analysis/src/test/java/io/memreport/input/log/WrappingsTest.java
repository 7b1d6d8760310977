// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Refused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One report of the kernel, in whatever it comes wrapped. */
class WrappingsTest {
  private static final long MIB = 1 << 20;
  private static final String CGROUP = "/system.slice/shop.service";
  private static final List<String> REPORT =
      List.of(
          "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
          "memory: usage 262144kB, limit 262144kB, failcnt 17",
          "swap: usage 0kB, limit 0kB, failcnt 0",
          "Memory cgroup stats for " + CGROUP + ":",
          "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg="
              + CGROUP
              + ",task_memcg="
              + CGROUP
              + ",task=java,pid=812,uid=7",
          "Memory cgroup out of memory: Killed process 812 (java) total-vm:2097152kB,"
              + " anon-rss:250000kB, file-rss:1000kB, shmem-rss:0kB, UID:7 pgtables:900kB"
              + " oom_score_adj:0");

  private static Stream<Arguments> wrappings() {
    return Stream.of(
        each("container runtime", "2026-08-06T07:46:40.00000000%dZ stderr F [  21.%06d] %s"),
        each("docker's files", "{\"log\":\"%3$s\\n\",\"time\":\"2026-08-06T07:46:40.%1$dZ\"}"),
        each(
            "journal, JSON",
            "{\"__REALTIME_TIMESTAMP\":\"178600240000000%d\",\"MESSAGE\":\"%3$s\"}"),
        each(
            "journal, export",
            "__REALTIME_TIMESTAMP=178600240000000%d\n_TRANSPORT=kernel\nMESSAGE=%3$s\n"),
        each("journal, short-iso", "2026-08-06T07:46:40+0000 box kernel: %3$s"),
        each("syslog of RFC 5424", "<4>1 2026-08-06T07:46:40.%dZ box kernel - - - %3$s"),
        each("dmesg -T", "[Thu Aug  6 07:46:40 2026] %3$s"),
        each("spreadsheet", "\"2026-08-06 07:46:4%d\",\"box\",\"%3$s\""),
        each(
            "Elasticsearch",
            "{\"_source\":{\"@timestamp\":\"2026-08-06T07:46:4%dZ\",\"event\":{\"original\":\"%3$s\"}}}"),
        each("Datadog", "{\"data\":[{\"attributes\":{\"message\":\"%3$s\"}}]}"),
        each("YAML of a cloud", "jsonPayload:\n  MESSAGE: '%3$s'"),
        Arguments.of(
            "Loki",
            "{\"data\":{\"result\":[{\"values\":["
                + listed((i, line) -> "[\"178600240000000000" + i + "\",\"" + line + "\"]", REPORT)
                + "]}]}}"),
        Arguments.of(
            "lines of Ansible",
            "{\"stdout_lines\": [" + listed((i, line) -> "\"" + line + "\"", REPORT) + "]}"),
        Arguments.of(
            "output of Ansible",
            "{\"changed\": true, \"stdout\": \"" + String.join("\\n", REPORT) + "\"}"),
        Arguments.of(
            "console of an instance", "{\n\"Output\": \"" + String.join("\\n", REPORT) + "\"\n}"),
        Arguments.of("cloud, newest first", "[" + newestFirst() + "]"));
  }

  /** The format gets a number, the same again and the line. */
  private static Arguments each(String name, String format) {
    return Arguments.of(
        name,
        IntStream.range(0, REPORT.size())
            .mapToObj(i -> format.formatted(i, i, REPORT.get(i)))
            .collect(joining("\n")));
  }

  private static String newestFirst() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, REPORT.size()).boxed().toList());
    Collections.reverse(order);
    return order.stream()
        .map(
            i ->
                "{\"textPayload\":\"%s\",\"timestamp\":\"2026-08-06T07:46:4%dZ\"}"
                    .formatted(REPORT.get(i), i))
        .collect(joining(","));
  }

  private static String listed(BiFunction<Integer, String, String> one, List<String> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> one.apply(i, lines.get(i)))
        .collect(joining(","));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrappings")
  void a_report_is_whole_again(String name, String text) {
    LogEvent event = Logs.only(text + "\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.limit().limitBytes()).isEqualTo(256 * MIB);
    assertThat(event.victim().pid()).isEqualTo(812);
    assertThat(event.victim().rssBytes()).isEqualTo(251_000L << 10);
    assertThat(event.victimCgroup()).isEqualTo(CGROUP);
  }

  /** As journalctl -r shows it. */
  @Test
  void a_report_whose_last_line_comes_first_is_whole() {
    List<String> lines = new ArrayList<>(REPORT);
    Collections.reverse(lines);
    LogEvent event =
        Logs.only(
            lines.stream().map("Aug 06 07:46:40 box kernel: %s\n"::formatted).collect(joining()));
    assertThat(event.limit().limitBytes()).isEqualTo(256 * MIB);
    assertThat(event.victim().rssBytes()).isEqualTo(251_000L << 10);
    assertThat(event.trigger().name()).isEqualTo("java");
    assertThat(event.notes()).isEmpty();
  }

  @Test
  void a_report_behind_a_kill_that_has_its_own_is_another() {
    String kill = "[ 21.0] java invoked oom-killer: order=0\n[ 21.1] " + REPORT.get(5) + "\n";
    assertThat(Logs.events(kill + "[ 22.0] sh invoked oom-killer: order=0\n")).hasSize(2);
    assertThat(
            Logs.events("[ 21.1] " + REPORT.get(5) + "\n[ 25.0] sh invoked oom-killer: order=0\n"))
        .hasSize(2);
  }

  @Test
  void a_trace_beside_a_message_is_read_too() {
    assertThat(
            Logs.only(
                    "{\"message\":\"failed\",\"stack_trace\":\"java.lang.OutOfMemoryError: Metaspace\"}\n")
                .constraint())
        .isEqualTo("Metaspace");
  }

  @Test
  void serilog_has_short_names_for_its_fields() {
    LogEvent event =
        Logs.only(
            "{\"@t\":\"2026-01-02T03:04:05.6Z\",\"@mt\":\"Request failed\",\"@l\":\"Error\","
                + "\"@x\":\"System.OutOfMemoryException: Insufficient memory\\r\\n   at Shop.Fill()\"}\n");
    assertThat(Refused.of(event)).isEqualTo(Refused.DOTNET);
    assertThat(event.at()).isNotNull();
  }

  @Test
  void the_lines_that_name_victims_are_enough_for_each_of_two_kills() {
    String summary = REPORT.get(4);
    assertThat(Logs.events("[ 21.1] " + summary + "\n[ 22.1] " + summary.replace("812", "813")))
        .extracting(event -> event.victim().pid())
        .containsExactly(812L, 813L);
  }

  @Test
  void names_of_errors_and_of_requests_are_no_programs() {
    assertThat(
            Logs.only("2026-08-06T07:46:40Z java.lang.OutOfMemoryError: Metaspace\n").constraint())
        .isEqualTo("Metaspace");
  }

  @Test
  void fields_of_translated_lines_keep_their_order() {
    LogEvent event = Logs.only("内存不足:已杀死进程 812 (java) 总虚拟内存:2048kB,匿名 rss:1024kB,文件 rss:8kB\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.victim().anonBytes()).isEqualTo(MIB);
    assertThat(event.victim().totalVmBytes()).isEqualTo(2 * MIB);
  }
}
