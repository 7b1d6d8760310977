// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.jfr.OldObject;
import io.memreport.input.run.RunFile;
import io.memreport.input.run.RunInput;
import io.memreport.model.Leak;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What samples of its objects say of a test: who holds them, or that nobody does. */
class OldObjectOwnersTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final String OF_TEST = "static shop.Cache.ALL";
  private static final String OF_JDK = "static java.time.format.DateTimeTextProvider.CACHE";
  private static final String OF_AGENT = "static io.memreport.recorder.Table.ALL";
  private static final String OF_A_LOADER =
      "jdk.internal.loader.ClassLoaders$PlatformClassLoader.parallelLockMap";

  private static final String OF_A_CALL =
      "a JNI reference of a running call → java.util.concurrent.ConcurrentHashMap.table";

  private final RunData data =
      new RunData(new RunInput("run", RunFile.NONE, List.of(Path.of("a.jfr")), null, true));
  private final TestData formats = test(1, 0);
  private final TestData caches = test(2, 10);

  @Test
  void what_the_application_holds_wins() {
    objects(1, OF_JDK, 9);
    objects(1, OF_TEST, 1);
    assertThat(held(formats)).containsExactly(OF_TEST);
  }

  @Test
  void four_samples_that_caches_of_the_jdk_hold_are_said_so() {
    objects(1, OF_JDK, 4);
    objects(11, OF_JDK, 3);
    assertThat(held(formats)).containsExactly(OF_JDK);
    assertThat(held(caches)).isEmpty();
  }

  @Test
  void what_nothing_was_found_to_hold_is_held_weakly_if_anything_was_found_at_all() {
    objects(11, Leak.HELD_WEAKLY, 20);
    assertThat(held(caches)).as("the search may have been off").isEmpty();
    objects(1, OF_JDK, 1);
    assertThat(held(caches)).containsExactly(Leak.HELD_WEAKLY);
  }

  @Test
  void one_in_five_may_be_of_another_kind_and_no_more() {
    objects(1, OF_JDK, 7);
    objects(11, Leak.HELD_WEAKLY, 7);
    objects(1, OF_A_LOADER, 2);
    objects(11, OF_A_LOADER, 2);
    assertThat(held(formats)).isEmpty();
    assertThat(held(caches)).isEmpty();
    objects(1, OF_JDK, 1);
    objects(11, Leak.HELD_WEAKLY, 1);
    assertThat(held(formats)).containsExactly(OF_JDK);
    assertThat(held(caches)).containsExactly(Leak.HELD_WEAKLY);
  }

  @Test
  void what_a_running_call_of_the_jdk_holds_tells_nothing() {
    objects(1, OF_A_CALL, 1);
    objects(1, OF_JDK, 4);
    objects(11, OF_A_CALL, 2);
    objects(11, OF_JDK, 7);
    assertThat(held(formats)).contains(OF_JDK);
    assertThat(held(caches)).doesNotContain(OF_JDK);
  }

  @Test
  void the_larger_part_is_told_and_objects_of_the_agent_do_not_count() {
    objects(1, OF_AGENT, 50);
    objects(1, OF_JDK, 3);
    objects(1, Leak.HELD_WEAKLY, 2);
    objects(11, OF_JDK, 2);
    objects(11, Leak.HELD_WEAKLY, 3);
    assertThat(held(formats)).containsExactly(OF_JDK);
    assertThat(held(caches)).containsExactly(Leak.HELD_WEAKLY);
  }

  private List<String> held(TestData test) {
    data.tests.values().forEach(each -> each.oldObjects.clear());
    OldObjectOwners.assign(data);
    return test.oldObjects.stream().map(OldObject::chain).toList();
  }

  private void objects(int second, String chain, int count) {
    for (int i = 0; i < count; i++) {
      data.oldObjects.add(new OldObject("byte[]", null, chain, START.plusSeconds(second), 7));
    }
  }

  private TestData test(long id, int second) {
    TestData test = data.test(id);
    test.kind = "test";
    test.thread = 7;
    test.startedAt = START.plusSeconds(second);
    test.durationNanos = 5_000_000_000L;
    return test;
  }
}
