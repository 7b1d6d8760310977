// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.memreport.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShmTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void lists_as_json_what_this_machine_has() throws IOException {
    assumeTrue(Files.isReadable(Path.of("/proc/sysvipc/shm")), "no System V segments here");
    assertThat(run("shm", "list", "--json")).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(json.get("schema").asText()).isEqualTo("memreport-shm/1");
    assertThat(json.get("headline").asText()).endsWith("ids are taken.");
    assertThat(json.at("/limits/shmmni").asLong()).isPositive();
    assertThat(json.get("segments").isArray()).isTrue();
  }

  @Test
  void a_look_removes_nothing() throws IOException {
    assumeTrue(Files.isReadable(Path.of("/proc/sysvipc/shm")), "no System V segments here");
    int status = run("shm", "clean", "--json");
    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(json.get("schema").asText()).isEqualTo("memreport-shm-clean/1");
    assertThat(json.get("dryRun").asBoolean()).isTrue();
    assertThat(status).isEqualTo(json.get("remaining").asLong() == 0 ? 0 : 1);
    json.get("removals")
        .forEach(r -> assertThat(r.get("outcome").asText()).isEqualTo("would-remove"));
  }

  @Test
  void a_system_without_a_table_is_a_line_and_status_3() {
    String system = System.getProperty("os.name");
    System.setProperty("os.name", "Windows 11");
    try {
      assertThat(run("shm", "list")).isEqualTo(3);
      assertThat(run("shm", "clean", "--yes")).isEqualTo(3);
    } finally {
      System.setProperty("os.name", system);
    }
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("memreport: shared memory: Windows 11 has no table"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void bad_usage_is_status_2() {
    assertThat(run("shm")).isEqualTo(2);
    assertThat(err.toString()).contains("a command is missing");
    assertThat(run("shm", "list", "--yes")).isEqualTo(2);
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
