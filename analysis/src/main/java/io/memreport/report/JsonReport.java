// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.memreport.model.PostMortem;
import io.memreport.model.Timeline;
import io.memreport.model.heapdump.HeapPostMortem;
import io.memreport.model.log.LogPostMortem;
import io.memreport.model.shm.ShmCleaning;
import io.memreport.model.shm.ShmReport;
import io.memreport.sizing.Sizing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * {@code report.json}, whose schema is {@code report.schema.json} beside this class. Instants are
 * ISO-8601 in UTC; what is unknown is null.
 */
public final class JsonReport {
  /** The document, its lists and their rows. */
  private static final int LINES = 2;

  private JsonReport() {}

  /** Writes a post-mortem as UTF-8. */
  public static void write(PostMortem postMortem, OutputStream out) throws IOException {
    try (JsonGenerator json = mapper().createGenerator(out, JsonEncoding.UTF8)) {
      write(new Document(Generator.THIS, Implied.without(postMortem)), json);
    }
  }

  /** Writes every sample of a timeline as UTF-8, schema {@code memreport-timeline/1}. */
  public static void write(Timeline timeline, OutputStream out) throws IOException {
    try (JsonGenerator json = mapper().createGenerator(out, JsonEncoding.UTF8)) {
      write(new TimelineDocument("memreport-timeline/1", timeline), json);
    }
  }

  private record TimelineDocument(String schema, @JsonUnwrapped Timeline timeline) {}

  /** A post-mortem with who wrote it. */
  private record Document(Generator generator, @JsonUnwrapped PostMortem postMortem) {}

  /** {@code version} is null where this was not started from its jar. */
  private record Generator(String name, String version) {
    static final Generator THIS =
        new Generator("memreport", JsonReport.class.getPackage().getImplementationVersion());
  }

  /**
   * Reads a post-mortem that {@link #write(PostMortem, OutputStream)} wrote: it equals the one that
   * was written. Fields that this version does not know are left out.
   *
   * @throws IOException if it can't be read, or is no report of this schema
   */
  public static PostMortem read(InputStream in) throws IOException {
    PostMortem postMortem = mapper().readValue(in, PostMortem.class);
    if (postMortem == null || !PostMortem.SCHEMA.equals(postMortem.schema())) {
      throw new IOException("is no report of the schema " + PostMortem.SCHEMA);
    }
    return Implied.all(postMortem);
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

  /** Writes what a heap dump shows as UTF-8, schema {@code memreport-heap/1}. */
  public static void write(HeapPostMortem postMortem, OutputStream out) throws IOException {
    try (JsonGenerator json = mapper().createGenerator(out, JsonEncoding.UTF8)) {
      write((Object) postMortem, json);
    }
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
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Spacing.NONE)
                    .withObjectEntrySpacing(Spacing.NONE)
                    .withArrayValueSpacing(Spacing.NONE)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(new OuterIndenter())
            .withArrayIndenter(new OuterIndenter()));
    json.writeObject(postMortem);
    json.writeRaw('\n');
  }

  /** A line for each row: for thousands of tests anything more would be half of the file. */
  private static final class OuterIndenter extends DefaultIndenter {
    private static final long serialVersionUID = 1;

    OuterIndenter() {
      super("  ", "\n");
    }

    @Override
    public void writeIndentation(JsonGenerator json, int level) throws IOException {
      if (level <= LINES) {
        super.writeIndentation(json, level);
      }
    }
  }

  /** As {@link Instant#toString} writes it. */
  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      try {
        return Instant.parse(json.getText());
      } catch (DateTimeParseException e) {
        throw new IOException("\"" + json.getText() + "\" is no instant", e);
      }
    }
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addModule(
            new SimpleModule()
                .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                .addSerializer(String.class, new WellFormed())
                .addKeySerializer(String.class, new WellFormedKey())
                .addDeserializer(Instant.class, new InstantReader()))
        .build();
  }
}
