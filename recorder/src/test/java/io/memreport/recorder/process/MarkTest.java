// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkTest {
  @Test
  void what_is_written_is_read() {
    Mark mark = new Mark(4711, 123456, 7);
    assertThat(mark.value()).isEqualTo("4711:123456:7");
    assertThat(Mark.find("\0HOME=/root\0MEMREPORT_OWNER=4711:123456:7\0A=b\0")).isEqualTo(mark);
  }

  @Test
  void other_variables_and_other_texts_are_none() {
    assertThat(Mark.find("\0HOME=/root\0")).isNull();
    assertThat(Mark.find("\0X=MEMREPORT_OWNER=1:2:3\0")).isNull();
    assertThat(Mark.find("\0MEMREPORT_OWNER=mine\0")).isNull();
    assertThat(Mark.find("\0MEMREPORT_OWNER=1:2\0")).isNull();
    assertThat(Mark.find("\0MEMREPORT_OWNER=\0")).isNull();
  }
}
