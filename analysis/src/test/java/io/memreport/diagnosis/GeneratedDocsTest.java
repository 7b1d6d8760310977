// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.FindingKind;
import io.memreport.model.verdict.Fix;
import io.memreport.recorder.event.MemreportEvent;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.AnnotationElement;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;

/** What the documentation says of events and rules is what their classes say. */
class GeneratedDocsTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern THRESHOLD =
      Pattern.compile("(?:^|(?<=[.:] ))(?:memreport (?:reports|names)|Reported) ");

  @Test
  void events() throws IOException {
    StringBuilder text =
        new StringBuilder(
                "# Events\n\nWritten by the recorder, read by `analyze`; generated from the event classes.\n")
            .append("A byte count that could not be measured is ")
            .append("the smallest `long`.\n");
    for (EventType type : eventTypes()) {
      text.append("\n## ").append(type.getName()).append("\n\n").append(type.getDescription());
      text.append("\n\n| field | type | meaning |\n| --- | --- | --- |\n");
      for (ValueDescriptor field : type.getFields()) {
        if (field.getLabel() != null
            && !List.of("startTime", "eventThread", "duration", "stackTrace")
                .contains(field.getName())) {
          String meaning =
              field.getDescription() == null
                  ? field.getLabel()
                  : field.getLabel() + ": " + field.getDescription();
          text.append("| `")
              .append(field.getName())
              .append("` | ")
              .append(unit(field))
              .append(" | ")
              .append(meaning)
              .append(" |\n");
        }
      }
    }
    check("events.md", text.toString());
  }

  @Test
  void findings() throws IOException {
    StringBuilder index =
        new StringBuilder(
            "# Findings\n\nWhat `analyze` looks for; generated from the rules.\n\n| id | what it finds |\n| --- | --- |\n");
    for (FindingKind rule : Rules.kinds()) {
      index
          .append("| [")
          .append(rule.id())
          .append("](findings/")
          .append(rule.id())
          .append(".md) | ")
          .append(rule.summary())
          .append(" |\n");
      check(
          "findings/" + rule.id() + ".md",
          "# "
              + rule.id()
              + "\n\n"
              + rule.summary()
              + ".\n\n"
              + why(rule)
              + "\n\n## What to do\n\n"
              + rule.advice()
              + "\n\n## Example\n"
              + code("Bad", rule.contrast().language(), rule.contrast().bad())
              + code("Good", rule.contrast().language(), rule.contrast().good())
              + snippets(rule.example()));
    }
    check("findings.md", index.toString());
  }

  /** Why it matters, and in a part of its own from where on it is reported: each rule says so. */
  private static String why(FindingKind rule) {
    Matcher threshold = THRESHOLD.matcher(rule.why());
    assertThat(threshold.find()).as("%s says from where on it is reported", rule.id()).isTrue();
    String why = rule.why().substring(0, threshold.start()).strip();
    String when = rule.why().substring(threshold.start());
    return (why.isEmpty() ? "" : "## Why it matters\n\n" + why + "\n\n")
        + "## When it is reported\n\n"
        + when;
  }

  private static String snippets(Fix fix) {
    StringBuilder text = new StringBuilder();
    if (fix != null) {
      text.append("\n## In each place that takes it\n");
      for (Fix.Snippet snippet : fix.snippets()) {
        text.append(code(snippet.place(), "", snippet.text()));
      }
    }
    return text.toString();
  }

  private static String code(String name, String language, String text) {
    return "\n" + name + ":\n\n```" + language + "\n" + text + "\n```\n";
  }

  private static List<EventType> eventTypes() throws IOException {
    Path sources = Path.of("../recorder/src/main/java");
    Path events = sources.resolve(MemreportEvent.class.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.walk(events)) {
      return files
          .map(file -> sources.relativize(file).toString())
          .filter(file -> file.endsWith("Event.java"))
          .map(file -> file.replace(".java", "").replace('/', '.'))
          .map(GeneratedDocsTest::eventClass)
          .filter(type -> !Modifier.isAbstract(type.getModifiers()))
          .map(EventType::getEventType)
          .sorted(Comparator.comparing(EventType::getName))
          .toList();
    }
  }

  private static Class<? extends Event> eventClass(String name) {
    try {
      return Class.forName(name).asSubclass(Event.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String unit(ValueDescriptor field) {
    for (AnnotationElement annotation : field.getAnnotationElements()) {
      if (annotation.getTypeName().equals(DataAmount.class.getName())) {
        return "bytes";
      }
      if (annotation.getTypeName().equals(Timespan.class.getName())) {
        return annotation.getValue("value").toString().toLowerCase(Locale.ROOT);
      }
    }
    return field.getTypeName().replace("java.lang.", "");
  }

  private static void check(String name, String generated) throws IOException {
    Path file = DOCS.resolve(name);
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }
    assertThat(file).as("write it anew with -Dgolden=update").hasContent(generated);
  }
}
