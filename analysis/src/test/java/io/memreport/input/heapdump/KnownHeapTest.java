// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memreport.fixtures.KnownHeap;
import io.memreport.model.heapdump.ClassBytes;
import io.memreport.model.heapdump.HeapDump;
import io.memreport.model.heapdump.HeapSuspect;
import io.memreport.model.heapdump.RootKind;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real JVM's dump of a heap whose bytes are known. */
class KnownHeapTest {
  private static final String HEAP = KnownHeap.class.getName();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseG1GC",
        "-XX:+UseSerialGC",
        "-XX:-UseCompressedOops",
        "-XX:-UseCompressedClassPointers"
      })
  void each_place_has_its_bytes_and_its_chain(String option) throws Exception {
    Path file = folder.resolve("known.hprof");
    String histogram = KnownHeap.dump(file, option);
    AtomicLong read = new AtomicLong();
    HeapDump dump = HeapDumpReader.read(file, read::addAndGet);
    assertThat(read.get()).isBetween(2 * Files.size(file), 6 * Files.size(file));
    assertThat(dump.takenAt()).isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());

    assertPlace(
        dump,
        RootKind.STATIC_FIELD,
        "byte[]",
        "static field " + HEAP + ".KEPT",
        "java.util.ArrayList.elementData");
    assertPlace(
        dump,
        RootKind.THREAD_LOCAL,
        "byte[]",
        "thread \"main\"",
        "ThreadLocal " + HEAP + ".OF_THREAD",
        "java.util.ArrayList.elementData");
    assertPlace(
        dump,
        RootKind.CLASS_LOADER,
        "long[]",
        "static field " + HEAP + ".loader",
        "class loader java.net.URLClassLoader",
        "static field " + HEAP + "$Plugin.HELD",
        "java.util.ArrayList.elementData");
    assertThat(dump.suspects()).hasSize(4);
    HeapSuspect list =
        dump.suspects().stream()
            .filter(each -> each.chain().root() == RootKind.LOCAL_VARIABLE)
            .findFirst()
            .orElseThrow();
    assertThat(list.className()).isEqualTo(HEAP + "$Link");
    assertThat(list.chain().steps())
        .singleElement()
        .asString()
        .matches(
            "local variable of .*KnownHeap.work\\(KnownHeap.java:\\d+\\) in thread \"wörker <中>\"");
    assertThat(list.holds())
        .extracting(ClassBytes::objects)
        .as("in each the link and its array")
        .containsExactly(250_000L, 250_000L);

    for (ClassBytes row : dump.classes().stream().limit(4).toList()) {
      assertThat((double) row.bytes())
          .as(row.className())
          .isCloseTo(inHistogram(histogram, row.className()), within(0.01 * row.bytes() + 100_000));
    }
    assertThat(dump.bytes() + dump.unreachableBytes())
        .isCloseTo(total(histogram), within(dump.bytes() / 50));
  }

  private static void assertPlace(HeapDump dump, RootKind root, String className, String... chain) {
    HeapSuspect place =
        dump.suspects().stream()
            .filter(each -> each.chain().steps().equals(List.of(chain)))
            .findFirst()
            .orElseThrow(() -> new AssertionError(dump.suspects().toString()));
    assertThat(place.chain().root()).isEqualTo(root);
    assertThat(place.bytes()).isBetween(KnownHeap.BYTES, KnownHeap.BYTES * 103 / 100);
    assertThat(place.holds().get(0).className()).isEqualTo(className);
    assertThat(place.shared()).isFalse();
    assertThat(place.objects()).isOne();
  }

  private static double inHistogram(String histogram, String className) {
    String name =
        switch (className) {
          case "byte[]" -> "[B";
          case "long[]" -> "[J";
          case "int[]" -> "[I";
          default -> className;
        };
    return number(histogram, ": +\\d+ +(\\d+) +" + Pattern.quote(name) + "(?: |$)");
  }

  private static long total(String histogram) {
    return (long) number(histogram, "^Total +\\d+ +(\\d+)");
  }

  private static double number(String histogram, String line) {
    Matcher found = Pattern.compile(line, Pattern.MULTILINE).matcher(histogram);
    assertThat(found.find()).as(line + " in " + histogram.substring(0, 400)).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void one_that_is_packed_reads_the_same() throws Exception {
    Path file = folder.resolve("known.hprof");
    KnownHeap.dump(file);
    Path packed = folder.resolve("known.hprof.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(file, out);
    }
    HeapDump plain = HeapDumpReader.read(file, bytes -> {});
    HeapDump unpacked = HeapDumpReader.read(packed, bytes -> {});
    assertThat(unpacked.suspects()).isEqualTo(plain.suspects());
    assertThat(unpacked.owners()).isEqualTo(plain.owners());
    assertThat(unpacked.classes()).isEqualTo(plain.classes());
  }
}
