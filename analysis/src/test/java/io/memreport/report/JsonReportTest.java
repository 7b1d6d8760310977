// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.memreport.diagnosis.Diagnosis;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Leak;
import io.memreport.model.PostMortem;
import io.memreport.model.Quality;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.Timeline;
import io.memreport.model.memory.ClassUse;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import io.memreport.model.sql.Borrow;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.sql.Pool;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryHeap;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.QueryWork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void is_valid_by_the_schema_that_is_shipped() throws IOException {
    assertThat(schema().validate(json(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void is_valid_where_forks_were_killed() throws IOException {
    String json = json(KilledForks.postMortem());
    assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
    assertThat(json)
        .contains("\"killer\":\"kernel-memcg\"")
        .contains("\"wouldFit\":2")
        .contains("\"needBytes\":" + 3 * 130L * (1 << 20))
        .contains("\"victimPid\":101")
        .contains("\"failure\":\"java.net.SocketException\"");
    assertThat(schema().validate(json.replace("\"victimPid\"", "\"pid\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void the_schema_refuses_what_is_not_a_report() throws IOException {
    String json = json();
    assertThat(
            schema().validate(json.replace("\"memreport/1\"", "\"memreport/2\""), InputFormat.JSON))
        .isNotEmpty();
    assertThat(
            schema()
                .validate(
                    json.replace("\"rssBytes\":1000", "\"rssBytes\":\"1000\""), InputFormat.JSON))
        .isNotEmpty();
    assertThat(schema().validate(json.replace("\"headline\"", "\"header\""), InputFormat.JSON))
        .isNotEmpty();
    assertThat(schema().validate(json.replace("\"maxSize\"", "\"size\""), InputFormat.JSON))
        .isNotEmpty();
    assertThat(schema().validate(json.replace("\"since\"", "\"from\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void writes_unknown_as_null_and_names_as_in_the_contract() throws IOException {
    assertThat(json())
        .contains("\"peakBytes\":null")
        .contains("\"status\":\"running-at-end\"")
        .contains("\"kind\":\"leak\"")
        .contains("\"cause\":\"sqlite-page-cache\"")
        .contains("\"startedAt\":\"2026-11-20T12:00:00Z\"");
  }

  @Test
  void reads_back_to_an_equal_post_mortem() throws IOException {
    for (PostMortem written :
        List.of(Diagnosis.of(facts()), KilledForks.postMortem(), KilledForks.hostile("\"<&\n"))) {
      assertThat(JsonReport.read(in(json(written)))).isEqualTo(written);
    }
  }

  @Test
  void reads_what_a_later_version_adds() throws IOException {
    String more = json().replace("\"schema\"", "\"more\":{ \"a\":[ 1 ] },\n  \"schema\"");
    assertThat(JsonReport.read(in(more))).isEqualTo(Diagnosis.of(facts()));
  }

  @Test
  void reads_nothing_else() {
    assertThatThrownBy(() -> JsonReport.read(in("{}")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("memreport/1");
    assertThatThrownBy(() -> JsonReport.read(in("null"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> JsonReport.read(in(json().replace("2026-11-20T", "2026-13-20T"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no instant");
  }

  private static InputStream in(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void is_the_same_in_every_locale() throws IOException {
    String json = json();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(json()).isEqualTo(json);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void each_field_is_described() throws IOException {
    try (InputStream in = JsonReport.class.getResourceAsStream("report.schema.json")) {
      JsonNode schema = new ObjectMapper().readTree(in);
      List<String> fields = new ArrayList<>();
      schema
          .findValues("properties")
          .forEach(
              properties ->
                  properties
                      .properties()
                      .forEach(
                          field -> {
                            fields.add(field.getKey());
                            assertThat(field.getValue().path("description").asText())
                                .as(field.getKey())
                                .isNotBlank();
                          }));
      assertThat(fields).contains("verdict", "culprits", "measure", "oomScoreAdj");
    }
  }

  private static Schema schema() throws IOException {
    try (InputStream in = JsonReport.class.getResourceAsStream("report.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    }
  }

  private static String json() throws IOException {
    return json(Diagnosis.of(facts()));
  }

  private static String json(PostMortem postMortem) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonReport.write(postMortem, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Facts facts() {
    Run run =
        new Run(
            "run",
            42L,
            NOON,
            NOON.plusSeconds(9),
            Role.TEST_FORK,
            Ending.CLEAN,
            null,
            new MemoryAtEnd(
                1000L, 400L, 100L, 50L, null, null, 0L, 300L, 0L, 100L, 50L, null, null, null),
            RunContext.NONE);
    TestResult test =
        new TestResult(
            "t1",
            "run",
            TestKind.TEST,
            "shop.OrderTest",
            "saves",
            "saves()",
            TestStatus.RUNNING_AT_END,
            NOON,
            null,
            null,
            new HeapUse(7L, null),
            new NativeUse(9L, null, 8L),
            new SharedUse(null, null, null),
            List.of(new Leak("java-heap", "byte[] held by static shop.Cache.ALL", 5L, NOON)),
            List.of("q1"),
            List.of(new ClassUse("byte[]", "shop.Cache.put(Cache.java:42)", 5, 1)),
            null);
    Query query =
        new Query(
            "q1",
            "select '</script>' from t",
            3,
            2,
            99,
            50,
            0,
            0,
            1,
            new QueryHeap(null),
            new NativeUse(9L, 9L, 8L),
            List.of("t1"),
            List.of("c1"),
            QueryWork.NONE);
    Connection connection =
        new Connection(
            "c1",
            "run",
            "jdbc:sqlite:shop.db",
            "t1",
            NOON,
            null,
            Map.of("cache_size", "1000000"),
            new ConnectionHeap(50_000_000L, null, null, null, null, null, null, null, null),
            1,
            ConnectionStatus.NONE);
    return Facts.builder()
        .runs(List.of(run))
        .tests(List.of(test))
        .queries(List.of(query))
        .connections(List.of(connection))
        .nativeLibraries(
            List.of(new NativeLibrary("run", "libsqlitejdbc.so", true, null, 300L, 400L, 9999L)))
        .uses(List.of(new QueryUse("t1", "q1", "c1", 9L, 8L, 1, 0, 0, QueryWork.NONE)))
        .quality(new Quality(null, 0, List.of("a note")))
        .timeline(new Timeline(List.of(), List.of()))
        .pools(List.of(pool()))
        .build();
  }

  private static Pool pool() {
    return new Pool(
        "p1",
        "run",
        "dbcp2",
        null,
        -1,
        0,
        0L,
        null,
        0L,
        -1L,
        0L,
        "PRAGMA temp_store = 2",
        1,
        3,
        0,
        3,
        null,
        0,
        1,
        List.of(new Borrow("c1", "p1", "main", NOON, null)));
  }
}
