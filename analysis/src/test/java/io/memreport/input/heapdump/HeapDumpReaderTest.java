// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memreport.input.run.UnreadableInputException;
import io.memreport.model.heapdump.ClassBytes;
import io.memreport.model.heapdump.HeapDump;
import io.memreport.model.heapdump.HeapSuspect;
import io.memreport.model.heapdump.RootKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shark.GcRoot;

class HeapDumpReaderTest {
  private static final int MIB = 1 << 20;
  private static final long HOLDER = 0x100;
  private static final long REFERENCE = 0x108;
  private static final long WEAK = 0x110;
  private static final long SOFT = 0x118;
  private static final long PAIR = 0x120;
  private static final long ARRAY = 0x128;
  private static final long LOADER = 0x130;
  private static final long FOREIGN = 0x138;
  private static final long FIRST = 0x10_0000;
  private static final long SECOND = 0x80_0000;
  private static final long LINK = 0x1000;

  @TempDir private Path folder;

  @Test
  void what_only_weak_references_hold_is_held_by_nobody() throws IOException {
    HeapDump dump =
        read(
            classes(LINK, LINK + 0x100)
                .object(LINK, WEAK, FIRST)
                .object(LINK + 0x100, SOFT, SECOND)
                .bytes(FIRST, 3 * MIB)
                .bytes(SECOND, 2 * MIB));
    assertThat(dump.suspects())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.chain().steps())
                  .containsExactly(
                      "static field shop.Holder.B", "java.lang.ref.Reference.referent");
              assertThat(one.bytes()).isEqualTo(2 * MIB + 16);
            });
    assertThat(dump.unreachableBytes()).isEqualTo(3 * MIB + 16);
  }

  @Test
  void what_two_hold_is_nobodys_alone_and_one_chain_is_told() throws IOException {
    HeapDump dump =
        read(
            classes(LINK, LINK + 0x100)
                .object(LINK, PAIR, FIRST, 0)
                .object(LINK + 0x100, PAIR, 0, FIRST)
                .bytes(FIRST, 3 * MIB));
    assertThat(dump.suspects())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.chain().steps())
                  .containsExactly("static field shop.Holder.A", "shop.Pair.left");
              assertThat(one.className()).isEqualTo("byte[]");
            });
    assertThat(dump.owners())
        .singleElement()
        .satisfies(o -> assertThat(o.name()).contains("Holder"));
  }

  @Test
  void chains_that_read_the_same_are_one() throws IOException {
    HeapDump dump =
        read(
            classes(LINK)
                .array(LINK, ARRAY, FIRST, SECOND, 0)
                .bytes(FIRST, 3 * MIB)
                .bytes(SECOND, 4 * MIB));
    assertThat(dump.suspects())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.objects()).isEqualTo(2);
              assertThat(one.bytes()).isEqualTo(7 * MIB + 32);
              assertThat(one.holds()).containsExactly(new ClassBytes("byte[]", 2, 7 * MIB + 32));
              assertThat(one.chain().steps())
                  .containsExactly("static field shop.Holder.A", "java.lang.Object[]");
            });
  }

  @Test
  void many_small_ones_of_two_owners_are_a_place_together() throws IOException {
    long[] small = new long[300];
    ADump made = classes(LINK, LINK + 0x2000);
    for (int each = 0; each < small.length; each++) {
      small[each] = FIRST + 0x4000L * each;
      made.bytes(small[each], 10_000);
    }
    HeapDump dump = read(made.array(LINK, ARRAY, small).array(LINK + 0x2000, ARRAY, small));
    HeapSuspect one = dump.suspects().get(0);
    assertThat(dump.suspects()).hasSize(1);
    assertThat(one.shared()).isFalse();
    // Both arrays are the class's: it is who alone holds what they share.
    assertThat(one.bytes()).isBetween(300 * 10_016L, 300 * 10_016L + 10_000);
  }

  @Test
  void small_ones_of_several_roots_are_a_place_together() throws IOException {
    long[] small = new long[300];
    ADump made = classes(LINK);
    for (int each = 0; each < small.length; each++) {
      small[each] = FIRST + 0x4000L * each;
      made.bytes(small[each], 10_000).root(new GcRoot.JniGlobal(small[each], 0));
    }
    HeapDump dump = read(made.array(LINK, ARRAY, small));
    assertThat(dump.suspects())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.shared()).isTrue();
              assertThat(one.objects()).isEqualTo(300);
              assertThat(one.bytes()).isEqualTo(300 * 10_016L);
              assertThat(one.chain().root()).isEqualTo(RootKind.JNI);
            });
    assertThat(dump.owners()).isEmpty();
  }

  @Test
  void an_object_keeps_its_class_and_that_what_its_fields_hold() throws IOException {
    HeapDump dump =
        read(
            classes(LINK)
                .type(LOADER, "shop/Loader", 0, 0)
                .object(LOADER + 0x1000, LOADER)
                .type(FOREIGN, "shop/Plugin", 0, LOADER + 0x1000, java.util.List.of(FIRST))
                .object(LINK, FOREIGN)
                .bytes(FIRST, 3 * MIB));
    assertThat(dump.suspects())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.chain().steps())
                    .containsExactly(
                        "static field shop.Holder.A", "shop.Plugin", "static field shop.Plugin.A"));
  }

  @Test
  void the_order_of_records_does_not_matter() throws IOException {
    ADump made = classes(LINK).array(LINK, ARRAY, FIRST).bytes(FIRST, 3 * MIB);
    HeapDump forwards = read(made);
    HeapDump backwards = read(made.backwards());
    assertThat(backwards.suspects()).isEqualTo(forwards.suspects()).isNotEmpty();
  }

  @Test
  void a_heap_that_nothing_fills_has_no_places() throws IOException {
    HeapDump dump = read(classes(LINK).bytes(LINK, MIB - 100));
    assertThat(dump.suspects()).isEmpty();
    assertThat(dump.classes()).extracting(ClassBytes::className).contains("byte[]");
  }

  @Test
  void names_are_those_of_source_code() {
    assertThat(ValueType.sourceName("java/lang/Object")).isEqualTo("java.lang.Object");
    assertThat(ValueType.sourceName("[[Ljava/util/Map$Entry;"))
        .isEqualTo("java.util.Map$Entry[][]");
    assertThat(ValueType.sourceName("[J")).isEqualTo("long[]");
    assertThat(ValueType.sourceName("J")).isEqualTo("J");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "JAVA PROFILE 1.0.2", "JAVA PROFILE 9", "FLR\0 and more", "\u001f"})
  void what_is_no_heap_dump_is_told_in_a_line(String text) throws IOException {
    Path file = folder.resolve("a.hprof");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> HeapDumpReader.read(file, bytes -> {}))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageStartingWith(file + ": ")
        .message()
        .doesNotContain("\n")
        .containsAnyOf("empty", "no heap dump", "JFR", "damaged", "without its end");
  }

  @Test
  void one_without_its_end_says_so_wherever_it_ends() throws IOException {
    byte[] whole = bytes();
    Path file = folder.resolve("cut.hprof");
    for (int length = 32; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> HeapDumpReader.read(file, bytes -> {}))
          .as("the first %d of %d", length, whole.length)
          .isInstanceOf(UnreadableInputException.class)
          .hasMessageContaining("without its end");
    }
  }

  @Test
  void a_damaged_one_ends_in_a_line_or_a_report() throws IOException {
    byte[] whole = bytes();
    Path file = folder.resolve("damaged.hprof");
    Random random = new Random(7);
    int refused = 0;
    for (int each = 0; each < 2000; each++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      try {
        HeapDumpReader.read(file, bytes -> {});
      } catch (UnreadableInputException e) {
        assertThat(e.getMessage()).startsWith(file + ": ");
        refused++;
      }
    }
    assertThat(refused).isBetween(200, 1999);
  }

  private byte[] bytes() throws IOException {
    return Files.readAllBytes(
        classes(LINK)
            .array(LINK, ARRAY, FIRST, LINK + 0x100)
            .object(LINK + 0x100, PAIR, LINK, FIRST)
            .bytes(FIRST, 50)
            .root(new GcRoot.ThreadObject(LINK + 0x100, 1, 1))
            .write(folder.resolve("whole.hprof")));
  }

  private static ADump classes(Long... statics) {
    return new ADump()
        .type(HOLDER, "shop/Holder", 0, 0, Arrays.asList(statics))
        .type(REFERENCE, "java/lang/ref/Reference", 0, 0, "referent")
        .type(WEAK, "java/lang/ref/WeakReference", REFERENCE, 0)
        .type(SOFT, "java/lang/ref/SoftReference", REFERENCE, 0)
        .type(PAIR, "shop/Pair", 0, 0, "left", "right")
        .type(ARRAY, "[Ljava/lang/Object;", 0, 0);
  }

  private HeapDump read(ADump dump) throws IOException {
    return HeapDumpReader.read(dump.write(folder.resolve("made.hprof")), bytes -> {});
  }
}
