// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.memreport.model.PostMortem;
import io.memreport.model.log.LogPostMortem;
import io.memreport.model.shm.ShmCleaning;
import io.memreport.model.shm.ShmReport;
import io.memreport.sizing.Sizing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Instant;

/**
 * {@code report.json}, whose schema is {@code report.schema.json} beside this class. Instants are
 * ISO-8601 in UTC; what is unknown is null.
 */
public final class JsonReport {
  private JsonReport() {}

  /** Writes a post-mortem as UTF-8. */
  public static void write(PostMortem postMortem, OutputStream out) throws IOException {
    try (JsonGenerator json = mapper().createGenerator(out, JsonEncoding.UTF8)) {
      write(postMortem, json);
    }
  }

  /** Writes what logs alone tell. */
  public static void write(LogPostMortem postMortem, PrintWriter out) throws IOException {
    writeTo(out, postMortem);
  }

  /** Writes how large SQLite's memory should be, schema {@code memreport-sizing/1}. */
  public static void write(Sizing sizing, PrintWriter out) throws IOException {
    writeTo(out, new SizingDocument("memreport-sizing/1", sizing));
  }

  /** Writes the shared memory of a machine, schema {@code memreport-shm/1}. */
  public static void write(ShmReport report, PrintWriter out) throws IOException {
    writeTo(out, report);
  }

  /** Writes what became of orphans, schema {@code memreport-shm-clean/1}. */
  public static void write(ShmCleaning cleaning, PrintWriter out) throws IOException {
    writeTo(out, cleaning);
  }

  private record SizingDocument(String schema, Sizing sizing) {}

  private static void writeTo(PrintWriter out, Object document) throws IOException {
    JsonGenerator json =
        mapper().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    write(document, json);
    json.close();
  }

  private static void write(Object postMortem, JsonGenerator json) throws IOException {
    json.setPrettyPrinter(
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));
    json.writeObject(postMortem);
    json.writeRaw('\n');
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .addModule(
            new SimpleModule()
                .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                .addSerializer(String.class, new WellFormed())
                .addKeySerializer(String.class, new WellFormedKey()))
        .build();
  }
}
