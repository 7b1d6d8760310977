// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.unit;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.scope.ThreadScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SpansTest {
  /** A program that forgets to close them must not slow down with each. */
  @Test
  void only_so_many_are_open_at_once_and_closing_makes_room() {
    List<Object> opened = new ArrayList<>();
    for (int i = 0; i < 510; i++) {
      opened.add(Spans.open("job"));
    }
    assertThat(opened.subList(0, 500)).doesNotContainNull();
    assertThat(opened.subList(500, 510)).containsOnlyNulls();
    Spans.close(opened.get(499));
    Object again = Spans.open("job");
    assertThat(again).isNotNull();
    Spans.close(again);
    opened.remove(499);
    Collections.reverse(opened);
    opened.stream().filter(Objects::nonNull).forEach(Spans::close);
    assertThat(ThreadScope.current().test()).isNull();
  }
}
