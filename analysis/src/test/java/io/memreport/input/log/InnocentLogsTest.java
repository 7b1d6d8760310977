// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What speaks of memory and tells of nothing that happened. */
class InnocentLogsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-08-06T07:46:40Z INFO shop - our cards are out of memory, three are left",
        "2026-08-06T07:46:40Z INFO Killed process 7 of the workflow, as its owner asked",
        "2026-08-06T07:46:40Z INFO options: -XX:+ExitOnOutOfMemoryError -XX:OnOutOfMemoryError=x",
        "[INFO] Running com.acme.OutOfMemoryErrorHandlerTest",
        "[INFO] OOMKilled test passed",
        "PASSED catchesIt(java.lang.OutOfMemoryError) in 3 ms",
        "} catch (java.lang.OutOfMemoryError e) {",
        "import java.lang.OutOfMemoryError;",
        " * @throws java.lang.OutOfMemoryError if the array is too large",
        "  void fill() throws java.lang.OutOfMemoryError {",
        "Loaded class java.lang.OutOfMemoryError source: jrt:/java.base",
        "grep -i 'out of memory' /var/log/syslog",
        "If dmesg has `Out of memory: Killed process 12 (java) total-vm:1kB, anon-rss:1kB` raise it.",
        "The kernel writes \"Memory cgroup out of memory: Killed process 12 (java)\" then.",
        "Exit code 137 means that the container was OOMKilled.",
        "| OOMKilled | 137 | Raise the limit |",
        "- **OOMKilled**: above the limit of its memory",
        "if \"OOMKilled\" in reason:",
        "    Raise the limit of pods that were OOMKilled",
        "MARKS = (\"Runtime.OutOfMemory\", \"MemoryError\")",
        "java.io.IOException: No space left on device",
        "OSError: [Errno 28] No space left on device: '/var/log/shop'",
        "Error: ENOSPC: System limit for number of file watchers reached",
        "ERROR:  could not extend file \"base/1/2\": No space left on device",
        "[core:warn] (28)No space left on device: AH00646: Error writing to /var/log/access.log",
        "     Active: active (running); systemd-oomd.service - Userspace Out-Of-Memory (OOM) Killer",
        "earlyoom[5]: sending SIGTERM when mem <= 10.00% and swap <= 10.00%,",
        "I lowmemorykiller: Using psi monitors for memory pressure detection",
        "[0.1s][info][gc,metaspace] GC(3) Metaspace: 4000K(4200K)->4000K(4200K)",
        "Warning  Evicted  kubelet  The node was low on resource: ephemeral-storage.",
        "Function took 52 MB; exited with exit code 0",
        "container_7_0001_01_000002 finished with exit status: 0",
        "Container killed by YARN because its application ended",
        "systemd[1]: shop.service: Failed with result 'timeout'.",
        "swap_pager_getswapspace(32): failed",
        "expected message <Out of memory: Killed process 1 (java) total-vm:1kB, anon-rss:1kB> but was <>",
        "E   AssertionError: Out of memory: Killed process 1 (java) total-vm:1kB, anon-rss:1kB",
        "parse(\"Out of memory: Killed process 1 (java) total-vm:1kB, anon-rss:1kB\");",
        "  --log-filter='jsonPayload.MESSAGE:(\"ContainerDied\" OR \"TaskOOM event\")'",
        "#   Out of memory: Killed process 12345 (shop) total-vm:...,anon-rss:...",
        "  //val a = f(9) //Output: java.lang.OutOfMemoryError: Requested array size exceeds VM limit",
        "\t{\"memory\", \"Memory cgroup out of memory: Killed process 1 (a) total-vm:1kB, anon-rss:1kB\", nil},",
        "\"oom\": {\"Killed process\", \"Out of memory: Killed process 1 (a) total-vm:1kB\", 137},",
        "{name: \"oom\", line: \"Killed process 12 (java) total-vm:1kB, anon-rss:1kB, file-rss:0kB\", want: true},",
        "\t\"Memory cgroup out of memory: Killed process 1 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB\",",
        "return fmt.Errorf(\"container %s exited with code 137\", id)",
        "if strings.Contains(line, \"OOMKilled\") || strings.Contains(line, \"signal: killed\") {",
        "expect(status).To(Equal(\"exit status 137\"))",
        "Assertions.assertEquals(\"exit code 137\", text);",
        "assert.Equal(t, 137, code, \"process got exit code 137\")",
        "raise RuntimeError(\"Container killed: exit code 137 (OOM)\")",
        "echo \"{{ .Name }} exited with code 137\"",
        "If your pod shows `Reason: OOMKilled`, raise the limit.",
        "If your pod shows Reason: OOMKilled, raise the limit.",
        "* `137`: got SIGKILL, so look for `OOMKilled`",
        "expr: kube_pod_container_status_last_terminated_reason{reason=\"OOMKilled\"} == 1",
        "increase(kube_pod_container_status_last_terminated_reason{reason=\"OOMKilled\"}[5m]) > 0",
        "  ✓ shows Reason: OOMKilled in red (14 ms)",
        "  ✓ exit code 137 is mapped to KILLED (2 ms)",
        "2026-08-06T07:46:40Z   ✓ maps exit code 137 (2 ms)",
        "ok 12 - maps exit code 137",
        "--- PASS: TestExit/exit_code_137 (0.00s) exit code 137",
        "=== RUN   TestExit/exit status 137",
        "[ RUN      ] Exit.exit status 137",
        "shop.ExitTest > maps exit code 137 PASSED",
        "tests/test_exit.py::test_that_exit code 137 PASSED [ 10%]",
        "// exited with code 137",
        "String line = \"Out of memory: Killed process 12 (java) total-vm:1kB, anon-rss:1kB, file-rss:0kB\";",
        "137 -> \"OOMKilled (exit code 137)\"",
        "echo \"exit code 137: probably out of memory\"",
        "| 137  | exit code 137 is SIGKILL |",
        "- Fixed: workers exited with code 137 after a reload (#1234)",
        "Why did my build fail with exit code 137?",
        "A pod that ran out of memory shows Reason: OOMKilled then.",
        "a1b2c3d Handle exit status 137 in the runner",
        "d4e5f6a feat(run): retry after java.lang.OutOfMemoryError: Java heap space",
        "src/main/java/com/acme/Killer.java:41:    log.warn(\"exit code 137\", pid);",
        "+  reason: OOMKilled",
        "<testcase name=\"exit code 137 is told\" classname=\"com.acme.ExitTest\"/>",
        "|  +-- exit code 137 is told [OK]",
        "├─ exit code 137 is told ✔",
        "command exited with code 1",
        "Some(137) => println!(\"exit code 137\"),",
        "A pod that is out of memory shows Reason: OOMKilled and Exit Code: 137 in kubectl.",
        "+ \"Memory cgroup out of memory: Killed process 1 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB\"",
        "\"oom\", \"Memory cgroup out of memory: Killed process 1 (a) total-vm:1kB, anon-rss:1kB\")",
        "\"a \\\"quoted\\\" exit code 137\"));",
        "&& line.has(\"lost communication with the server\")",
        "boolean lost = line.has(\"lost communication with the server\");",
        "/** The status of exit code 137. */",
        "2026-08-06T07:46:40Z kernel: Command line: BOOT_IMAGE=/vmlinuz panic_on_oom=0",
        "vm.panic_on_oom = 0",
        "2026-08-06T07:46:40Z INFO desk - they saw 'Out of memory: Killed process 12 (java) total-vm:1kB, anon-rss:1kB' last year",
        "2026-08-06T07:46:40Z INFO desk - the line reads \"Killed process 12 (java) total-vm:1kB, anon-rss:1kB\" there",
        "It was stopped with `kill -9 4123` by hand",
        "{\"t\":{\"$date\":\"2026-08-06T07:46:40.1+00:00\"},\"s\":\"I\",\"c\":\"COMMAND\",\"id\":1,\"ctx\":\"conn7\",\"msg\":\"Slow query\",\"attr\":{\"command\":{\"text\":\"Out of memory: Killed process 12 (java) total-vm:1kB, anon-rss:1kB\"}}}",
        "2026-08-06T07:46:40.1Z mysqld_safe mysqld from pid file /run/mysqld.pid ended",
        "2026-08-06T07:46:40.1Z mysqld_safe mysqld restarted",
        "If you see ERROR 1037 (HY001): Out of memory; restart server and try again (needed 65536 bytes), lower it.",
        "title: The build ends with exit code 137",
        "keywords: OOMKilled, exit code 137",
        "+ docker stop answers with exit code 137",
        "EMERGENCY com.acme.OutOfMemoryError[not ours]",
        "{\"type\":\"out_of_memory_exception_handler\",\"reason\":\"started\"}",
        "log.L.Infof(\"TaskOOM event %+v\", e)",
      })
  void nobody_is_accused(String line) {
    assertThat(Logs.events(line + "\n")).isEmpty();
  }

  /** A line that a terminal broke goes on in the next, and code does not. */
  @Test
  void code_is_not_put_together() {
    assertThat(
            Logs.events(
                """
                    String line = "Out of memory: Killed process 12 (java) total-vm:1kB, anon-rss:1kB, file-rss:0kB";
                    throw new IllegalStateException("Container was killed");
                """))
        .isEmpty();
  }

  /** What looks a little like code and is told by a program. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0] kernel: [1715335872.000000000, {\"priority\"=>\"4\", \"message\"=>\"Memory cgroup out of memory: Killed process 4123 (java) total-vm:3600000kB, anon-rss:510000kB, file-rss:2668kB, shmem-rss:0kB\"}]",
        "shop-1 exited with code 137",
        "4f5e6d7c8b9a exited with code 137",
        "0123456789ab   shop:1    \"java\"    1h ago    Exited (137) 3 minutes ago    shop",
        "Error: Command \"npm run build\" exited with 137",
        "shm_open(\"/shop\", O_RDWR|O_CREAT, 0600) = -1 ENOSPC (No space left on device)",
        "SqliteFailure(Error { code: OutOfMemory, extended_code: 7 }, Some(\"out of memory\"))",
        "Redis::CommandError: OOM command not allowed when used memory > 'maxmemory'.",
        "big.cc:12:3: internal compiler error: Killed (program cc1plus)",
        "# There is insufficient memory for the Java Runtime Environment to continue.",
        "kube_pod_container_status_last_terminated_reason{container=\"web\",reason=\"OOMKilled\"} 1",
      })
  void a_program_is_believed(String line) {
    assertThat(Logs.events(line + "\n")).hasSize(1);
  }
}
