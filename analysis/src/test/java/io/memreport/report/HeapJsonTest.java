// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.memreport.fixtures.AHeapDump;
import io.memreport.model.heapdump.HeapPostMortem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code heap.json} and the schema that is shipped for it. */
class HeapJsonTest {
  @Test
  void is_valid_by_its_schema_which_knows_each_field() throws IOException {
    for (HeapPostMortem postMortem :
        new HeapPostMortem[] {AHeapDump.explained(), AHeapDump.bare()}) {
      assertThat(strict().validate(json(postMortem), InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void the_schema_refuses_what_is_not_the_result() throws IOException {
    String json = json(AHeapDump.explained());
    for (String[] change :
        new String[][] {
          {"memreport-heap/1", "memreport-heap/2"},
          {"\"headline\"", "\"header\""},
          {"\"static-field\"", "\"field\""},
          {"\"atLeastBytes\"", "\"least\""},
          {"\"shared\":true", "\"shared\":1"}
        }) {
      assertThat(json).contains(change[0]);
      assertThat(strict().validate(json.replace(change[0], change[1]), InputFormat.JSON))
          .as(change[1])
          .isNotEmpty();
    }
  }

  @Test
  void each_field_is_described() throws IOException {
    for (JsonNode properties : shipped().findValues("properties")) {
      properties
          .properties()
          .forEach(
              field ->
                  assertThat(field.getValue().path("description").asText())
                      .as(field.getKey())
                      .isNotBlank());
    }
  }

  /** A later version may say more: but this one says nothing that its schema does not describe. */
  private static Schema strict() throws IOException {
    JsonNode schema = shipped();
    for (JsonNode parent : schema.findParents("properties")) {
      ((ObjectNode) parent).put("additionalProperties", false);
    }
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema.toString(), InputFormat.JSON);
  }

  private static JsonNode shipped() throws IOException {
    try (InputStream in = JsonReport.class.getResourceAsStream("heap.schema.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static String json(HeapPostMortem postMortem) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonReport.write(postMortem, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
