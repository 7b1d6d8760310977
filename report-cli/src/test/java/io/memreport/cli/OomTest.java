// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomTest {
  private static final String KILL =
      "[ 5.0] Memory cgroup out of memory: Killed process 30 (ja\u001b[31mva) total-vm:9216kB,"
          + " anon-rss:5120kB, file-rss:1024kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void explains_a_kill() throws IOException {
    assertThat(run("oom", log(KILL))).isZero();
    assertThat(out.toString())
        .startsWith(
            "The kernel killed java (pid 30), because its cgroup had reached its memory limit.\n"
                + "  oom-kill, kernel-memcg, certain, at [ 5.0]\n")
        .contains("What to do")
        .contains("kernel.log:1: ")
        .doesNotContain("\u001b");
  }

  @Test
  void prints_the_same_facts_as_json() throws IOException {
    assertThat(run("oom", "--json", log(KILL))).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(json.get("schema").asText()).isEqualTo("memreport-oom/1");
    JsonNode event = json.at("/events/0");
    assertThat(event.get("kind").asText()).isEqualTo("oom-kill");
    assertThat(event.get("killer").asText()).isEqualTo("kernel-memcg");
    assertThat(event.get("headline").asText()).contains("The kernel killed java");
    assertThat(event.at("/victims/0/anonBytes").asLong()).isEqualTo(5120 << 10);
    assertThat(event.at("/victims/0/swapBytes").isNull()).isTrue();
    assertThat(event.at("/signs/0/line").asLong()).isEqualTo(1);
  }

  @Test
  void explains_shared_memory_that_ran_out() throws IOException {
    String ids =
        """
        [7] FATAL:  could not create shared memory segment: No space left on device
        [7] DETAIL:  Failed system call was shmget(key=918273, size=56, 03600).
        """;
    assertThat(run("oom", log(ids))).isZero();
    assertThat(out.toString())
        .startsWith(
            "PostgreSQL could not start: all System V shared-memory ids are taken.\n  shm-exhausted, shmmni, certain\n")
        .contains("(shmget of 56 bytes failed); the disk is not full.")
        .contains("Raising shmmax or shmall does not help")
        .contains("memreport shm clean --yes")
        .contains("kernel.shmmni")
        .contains("kern.sysv.shmmni");
    out.getBuffer().setLength(0);
    assertThat(run("oom", log("/opt/homebrew\n" + ids))).isZero();
    assertThat(out.toString()).contains("ids of the machine").doesNotContain("kernel.shmmni");
  }

  @Test
  void names_the_statement_that_found_dev_shm_full() throws IOException {
    String full =
        """
        [7] ERROR:  could not resize shared memory segment "/PostgreSQL.5" to 183552 bytes: No space left on device
        [7] STATEMENT:  SELECT 'a\u0007b'
        \tFROM t
        """;
    assertThat(run("oom", "--json", log(full))).isZero();
    JsonNode event = JsonMapper.builder().build().readTree(out.toString()).at("/events/0");
    assertThat(event.get("kind").asText()).isEqualTo("shm-exhausted");
    assertThat(event.at("/sharedMemory/resource").asText()).isEqualTo("dev-shm");
    assertThat(event.at("/sharedMemory/os").asText()).isEqualTo("linux");
    assertThat(event.at("/sharedMemory/statement").asText()).isEqualTo("SELECT ? FROM t");
    assertThat(event.at("/sharedMemory/key").isNull()).isTrue();
    assertThat(event.at("/advice").toString())
        .contains("--shm-size")
        .contains("medium: Memory")
        .contains("max_parallel_workers_per_gather = 0");
    out.getBuffer().setLength(0);
    assertThat(run("oom", log(full))).isZero();
    assertThat(out.toString())
        .startsWith("PostgreSQL could not run a query: /dev/shm is full")
        .contains("process 7: SELECT ? FROM t\n");
  }

  @Test
  void only_a_guess_is_called_one() throws IOException {
    String probes =
        "selecting default max_connections ... 20\nselecting default shared_buffers ... 400kB\n";
    assertThat(run("oom", log(probes))).isZero();
    assertThat(out.toString()).contains("shm-exhausted, unknown, likely");
    out.getBuffer().setLength(0);
    assertThat(run("oom", log("session deleted because of page crash\n/dev/shm is 64M\n")))
        .isZero();
    assertThat(out.toString()).contains("shm-exhausted, dev-shm, possible");
    out.getBuffer().setLength(0);
    String removed =
        "WARNING:  could not remove shared memory segment \"/PostgreSQL.5\": No such file or"
            + " directory\n";
    assertThat(run("oom", log(removed))).isEqualTo(1);
    assertThat(out.toString()).startsWith("No kill: Somebody removed").contains("RemoveIPC=no");
  }

  @Test
  void a_text_without_a_kill_is_status_1() throws IOException {
    assertThat(run("oom", log("all is well\n"))).isEqualTo(1);
    assertThat(out.toString()).contains("holds no kill");
    String survey = "systemd-oomd: Considered 9 cgroups for killing, top candidates were:\n";
    assertThat(run("oom", log(survey))).isEqualTo(1);
  }

  @Test
  void what_cannot_be_read_is_a_line_and_status_3() throws IOException {
    assertThat(run("oom", folder.resolve("none").toString())).isEqualTo(3);
    assertThat(err.toString()).contains("there is no such file");
    assertThat(out.toString()).isEmpty();
    assertThat(run("oom", "--json", folder.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("is a folder");
    assertThat(out.toString()).isEmpty();
    assertThat(run("oom", log(KILL), folder.resolve("none").toString())).isEqualTo(3);
    assertThat(out.toString()).contains("The kernel killed");
  }

  @Test
  void a_file_is_asked_for() {
    assertThat(run("oom")).isEqualTo(2);
  }

  private String log(String text) throws IOException {
    return Files.writeString(folder.resolve("kernel.log"), text).toString();
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
