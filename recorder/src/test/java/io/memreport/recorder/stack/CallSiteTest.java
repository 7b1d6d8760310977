// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.stack;

import static org.assertj.core.api.Assertions.assertThat;

import foreign.Caller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The recorder's own frames are a library's: the first ones here are those of a class beside it.
 */
class CallSiteTest {
  @Test
  void the_same_place_is_found_again() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      found.add(Caller.first(CallSite::find));
    }
    assertThat(found.get(0)).startsWith("foreign.Caller.first(Caller.java:");
    assertThat(found).containsOnly(found.get(0));
  }

  @Test
  void places_of_one_class_are_told_apart() {
    for (int i = 0; i < 2; i++) {
      String first = Caller.first(CallSite::find);
      String second = Caller.second(CallSite::find);
      assertThat(second).startsWith("foreign.Caller.second(").isNotEqualTo(first);
    }
  }

  @Test
  void there_are_three_frames_at_most_innermost_first() {
    assertThat(Caller.deep(5, CallSite::find).split("\n"))
        .hasSize(3)
        .allMatch(line -> line.startsWith("foreign.Caller.deep("));
  }
}
