// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.heapdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.PostMortem;
import io.memreport.model.heapdump.ClassBytes;
import io.memreport.model.heapdump.HeapChain;
import io.memreport.model.heapdump.HeapDump;
import io.memreport.model.heapdump.HeapPostMortem;
import io.memreport.model.heapdump.HeapSource;
import io.memreport.model.heapdump.HeapSuspect;
import io.memreport.model.heapdump.RootKind;
import io.memreport.report.html.HeapPage;
import io.memreport.report.words.HeapText;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapDumpDiagnosisTest {
  private static final long MIB = 1 << 20;
  private static final Instant END = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant DURING = END.minusSeconds(5);
  private static final String LINE = "shop.Cache.put(Cache.java:42)";
  private static final String FIELD = "static field shop.Cache.ALL";

  private final ATest test = ATest.of("r", "fills");

  @Test
  void a_line_is_named_as_far_as_the_class_has_no_room_elsewhere() {
    // Of 50 MiB of byte[], 40 are here: of 30 that are off by 4 at most, 16 must be.
    List<HeapSource> sources = sources(dump(DURING, 40, 50), site(30, 4));
    assertThat(sources)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.tests()).containsExactly("OrderTest.fills()");
              assertThat(one.line()).isEqualTo(LINE);
              assertThat(one.bytes()).isEqualTo(30 * MIB);
              assertThat(one.errorBytes()).isEqualTo(4 * MIB);
              assertThat(one.atLeastBytes()).isEqualTo(16 * MIB);
              assertThat(HeapText.source(one))
                  .isEqualTo(
                      "By the run's samples 30.0 MiB (±13 %) of byte[] that live were allocated by "
                          + LINE
                          + " in OrderTest.fills(): at least 16.0 MiB of them are here.");
            });
  }

  @Test
  void one_whose_objects_may_all_be_elsewhere_is_not() {
    assertThat(sources(dump(DURING, 40, 70), site(34, 4))).isEmpty();
    assertThat(sources(dump(DURING, 40, 69), site(34, 4))).hasSize(1);
  }

  @Test
  void no_more_than_there_is_comes_from_a_line() {
    assertThat(sources(dump(DURING, 40, 40), site(90, 1)))
        .extracting(HeapSource::atLeastBytes)
        .containsExactly(40 * MIB);
  }

  @Test
  void another_class_is_none_of_it() {
    assertThat(sources(dump(DURING, 40, 40), site(90, 1).ofClass("char[]"))).isEmpty();
  }

  @Test
  void a_dump_of_another_time_or_process_names_nobody() {
    for (HeapDump other :
        List.of(
            dump(END.minusSeconds(63), 40, 40),
            dump(END.plusSeconds(3), 40, 40),
            dump(null, 40, 40),
            dump("java_pid2.hprof", DURING, 40, 40))) {
      HeapPostMortem postMortem = HeapDumpDiagnosis.of(other, run(site(40, 1)));
      assertThat(postMortem.dump().suspects().get(0).sources()).isEmpty();
      assertThat(postMortem.notes()).singleElement().asString().contains("no test is named");
    }
    assertThat(sources(dump(END.plusSeconds(2), 40, 40), site(40, 1))).hasSize(1);
    assertThat(sources(dump("x/java_pid1.hprof", DURING, 40, 40), site(40, 1))).hasSize(1);
  }

  @Test
  void a_run_without_samples_is_told() {
    HeapPostMortem postMortem =
        HeapDumpDiagnosis.of(
            dump(DURING, 40, 40), Diagnosis.of(new SomeFacts().run(ARun.of("r", END)).build()));
    assertThat(postMortem.notes())
        .containsExactly("The run has no samples of the Java heap: no test is named.");
  }

  @Test
  void the_headline_says_which_field_holds_how_much() {
    assertThat(HeapDumpDiagnosis.of(dump(DURING, 40, 50), null).headline())
        .isEqualTo(FIELD + " holds 40.0 MiB of 80.0 MiB (50 %).");
    HeapDump none = dump(DURING, 40, 50).with(List.of());
    assertThat(HeapDumpDiagnosis.of(none, null).headline())
        .isEqualTo("Nothing holds much of this heap: 80.0 MiB in 1,234 objects.");
  }

  @Test
  void names_are_text_on_the_page() throws IOException {
    HeapDump hostile = dump("<script>alert(1)</script>\u202E.hprof", DURING, 40, 50);
    StringWriter page = new StringWriter();
    HeapPage.write(HeapDumpDiagnosis.of(hostile, null), page);
    assertThat(page.toString())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u202E.hprof")
        .contains(FIELD + " → java.lang.Object[]")
        .contains("30 byte[] (40.0 MiB)")
        .doesNotContain("<script")
        .doesNotContain("\u202E");
  }

  @Test
  void a_line_that_many_tests_share_is_proven_as_one_and_a_test_only_alone() {
    ATest other = ATest.of("r", "fills_too");
    AHeapSite shared = AHeapSite.of("r", 9).by(other).at(LINE).error(3);
    HeapSource one = sources(dump(DURING, 40, 50), site(30, 4), shared).get(0);
    assertThat(one.bytes()).isEqualTo(39 * MIB);
    assertThat(one.errorBytes()).isEqualTo(5 * MIB);
    assertThat(one.atLeastBytes()).isEqualTo(24 * MIB);
    assertThat(one.allTests()).isEqualTo(2);
    assertThat(one.tests()).as("9 - 3 may all be elsewhere").containsExactly("OrderTest.fills()");
    assertThat(HeapText.source(one)).contains(" in 2 tests, such as OrderTest.fills(): ");
  }

  @Test
  void what_no_test_allocated_has_its_line_alone() {
    HeapSource one = sources(dump(DURING, 40, 50), AHeapSite.of("r", 30).at(LINE).error(4)).get(0);
    assertThat(one.allTests()).isZero();
    assertThat(HeapText.source(one)).contains(" by " + LINE + ": at least 16.0 MiB");
  }

  private List<HeapSource> sources(HeapDump dump, AHeapSite... site) {
    return HeapDumpDiagnosis.of(dump, run(site)).dump().suspects().get(0).sources();
  }

  private PostMortem run(AHeapSite... sites) {
    SomeFacts facts = new SomeFacts().run(ARun.of("r", END)).test(test);
    List.of(sites).forEach(facts::heap);
    return Diagnosis.of(facts.build());
  }

  private AHeapSite site(long mib, long errorMib) {
    return AHeapSite.of("r", mib).by(test).at(LINE).error(errorMib);
  }

  private static HeapDump dump(Instant at, long hereMib, long allMib) {
    return dump("a.hprof", at, hereMib, allMib);
  }

  private static HeapDump dump(String file, Instant at, long hereMib, long allMib) {
    return new HeapDump(
        file,
        at,
        1,
        1234,
        80 * MIB,
        0,
        List.of(
            new HeapSuspect(
                new HeapChain(RootKind.STATIC_FIELD, List.of(FIELD)),
                "java.lang.Object[]",
                1,
                40 * MIB,
                false,
                List.of(new ClassBytes("byte[]", 30, hereMib * MIB)),
                List.of())),
        List.of(),
        List.of(new ClassBytes("byte[]", 40, allMib * MIB)));
  }
}
