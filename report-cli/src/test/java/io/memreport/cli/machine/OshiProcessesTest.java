// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.process.ProcessTable.Entry;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import oshi.software.os.OSProcess;
import oshi.software.os.OSProcess.State;
import oshi.software.os.OperatingSystem;

/**
 * Answers as other systems give them: what OSHI does not know is 0 or -1, and a name may be all.
 */
class OshiProcessesTest {
  @Test
  void what_is_not_known_is_null_and_parents_come_first() {
    OSProcess child =
        process(
            Map.of(
                "getProcessID",
                12,
                "getParentProcessID",
                11,
                "getStartTime",
                2_000L,
                "getState",
                State.RUNNING,
                "getArguments",
                List.of("worker", "--token=abc"),
                "getResidentMemory",
                50L << 20,
                "getPrivateResidentMemory",
                40L << 20));
    OSProcess parent =
        process(
            Map.of(
                "getProcessID",
                11,
                "getParentProcessID",
                10,
                "getStartTime",
                1_000L,
                "getState",
                State.SLEEPING,
                "getArguments",
                List.of(),
                "getName",
                "launcher",
                "getResidentMemory",
                0L,
                "getPrivateResidentMemory",
                -1L));
    OSProcess zombie = process(Map.of("getState", State.ZOMBIE));
    OSProcess gone = process(Map.of("getState", State.INVALID));
    assertThat(new OshiProcesses(system(List.of(child, zombie, gone, parent))).below(10))
        .containsExactly(
            new Entry(11, 10, 1_000, List.of("launcher"), null, null),
            new Entry(12, 11, 2_000, List.of("worker", "--token=abc"), 50L << 20, 40L << 20));
  }

  @Test
  void this_machine_answers_for_this_process() {
    OshiProcesses here = new OshiProcesses();
    assertThat(here.residentBytes(ProcessHandle.current().pid())).isGreaterThan(10 << 20);
    assertThat(here.residentBytes(Integer.MAX_VALUE)).isNull();
  }

  private static OSProcess process(Map<String, Object> answers) {
    return (OSProcess)
        Proxy.newProxyInstance(
            OSProcess.class.getClassLoader(),
            new Class<?>[] {OSProcess.class},
            (proxy, method, arguments) -> answers.get(method.getName()));
  }

  @SuppressWarnings("unchecked")
  private static OperatingSystem system(List<OSProcess> below) {
    return (OperatingSystem)
        Proxy.newProxyInstance(
            OperatingSystem.class.getClassLoader(),
            new Class<?>[] {OperatingSystem.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getDescendantProcesses");
              assertThat(arguments[0]).isEqualTo(10);
              return below.stream().filter((Predicate<OSProcess>) arguments[1]).toList();
            });
  }
}
