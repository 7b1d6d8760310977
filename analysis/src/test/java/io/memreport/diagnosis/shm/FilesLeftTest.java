// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.shared.SeenSegment;
import io.memreport.model.shared.SharedFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilesLeftTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MIB = 1 << 20;
  private static final long JVM = 4711;

  private final List<SeenSegment> files = new ArrayList<>();
  private final SomeFacts facts = new SomeFacts();

  @Test
  void files_of_a_test_are_reported_from_so_much_on_in_sum() {
    file("/dev/shm/a", 10 * MIB, "r/writes", null, false, null);
    file("/dev/shm/b", 6 * MIB, "r/writes", JVM, false, null);
    assertThat(found())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.clause()).isEqualTo("left 2 files of 16.0 MiB in /dev/shm");
              assertThat(one.culprits().get(0).name()).isEqualTo("OrderTest.writes()");
              assertThat(one.bytes()).isEqualTo(16 * MIB);
            });
  }

  @Test
  void less_is_not() {
    file("/dev/shm/a", 16 * MIB - 1, "r/writes", null, false, null);
    assertThat(found()).isEmpty();
  }

  @Test
  void nor_is_what_was_there_before_or_went_or_has_no_test_or_is_another_processs() {
    file("/dev/shm/a", 99 * MIB, "r/writes", null, true, null);
    file("/dev/shm/b", 99 * MIB, "r/writes", null, false, NOON);
    file("/dev/shm/c", 99 * MIB, null, null, false, null);
    file("/dev/shm/d", 99 * MIB, "r/writes", JVM + 1, false, null);
    assertThat(found()).isEmpty();
  }

  @Test
  void what_its_process_did_not_write_another_one_did() {
    ATest test = ATest.of("r", "writes");
    file("/dev/shm/a", 20 * MIB, "r/writes", null, false, null);
    facts.tmpfs(test, NOON, 0, 3 * MIB).tmpfs(test, NOON, 0, 23 * MIB - 1);
    assertThat(found()).isEmpty();
    facts.tmpfs(test, NOON, 0, 23 * MIB);
    assertThat(found()).hasSize(1);
  }

  @Test
  void a_file_that_its_process_is_known_to_have_made_needs_no_write() {
    ATest test = ATest.of("r", "writes");
    file("/dev/shm/a", 20 * MIB, "r/writes", JVM, false, null);
    facts.tmpfs(test, NOON, 0, 0L).tmpfs(test, NOON, 0, 0L);
    assertThat(found()).hasSize(1);
  }

  private void file(
      String name, long bytes, String test, Long creator, boolean earlier, Instant gone) {
    files.add(
        new SeenSegment(
            "r", "posix", name, null, bytes, creator, null, 0L, 0L, test, false, false, earlier,
            NOON, NOON, gone, 0));
  }

  private List<Suspicion> found() {
    return new FilesLeft()
        .examine(
            facts
                .run(ARun.of("r", NOON).pid(JVM).ending(Ending.CLEAN))
                .test(ATest.of("r", "writes"))
                .build()
                .toBuilder()
                .shared(new SharedFacts(List.of(), files, List.of(), List.of()))
                .build());
  }
}
