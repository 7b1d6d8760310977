// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What JDKs 17 and 25 print of their log's outputs, and what is changed of it. */
class JvmLogTest {
  private static final String STDERR_OFF = " #1: stderr all=off uptime,level,tags\n";

  @Test
  void by_default_stdout_shows_it() {
    List<JvmLog> logs = logs(" #0: stdout all=warning uptime,level,tags\n" + STDERR_OFF);
    assertThat(logs).containsExactly(new JvmLog("stdout", "warning", "uptime,level,tags"));
    assertThat(logs.get(0).quiet())
        .isEqualTo("VM.log output=stdout what=jvmti=off decorators=uptime,level,tags");
    assertThat(logs.get(0).restore())
        .isEqualTo("VM.log output=stdout what=jvmti=warning decorators=uptime,level,tags");
  }

  @Test
  void lines_without_decorators_stay_so() {
    assertThat(logs(" #0: stdout all=warning,gc=info none foldmultilines=false\n" + STDERR_OFF))
        .containsExactly(new JvmLog("stdout", "warning", "none"));
  }

  @Test
  void who_asked_for_it_has_it() {
    assertThat(logs(" #0: stdout all=warning,jvmti=debug uptime,level,tags\n" + STDERR_OFF))
        .isEmpty();
  }

  @Test
  void a_longer_tag_is_another_one() {
    assertThat(logs(" #0: stdout all=warning,jvmti+object=debug none\n" + STDERR_OFF)).hasSize(1);
  }

  @Test
  void a_log_that_goes_to_stderr_is_quiet_there() {
    assertThat(logs(" #0: stdout all=off none\n #1: stderr all=error level,tags\n"))
        .containsExactly(new JvmLog("stderr", "error", "level,tags"));
  }

  @Test
  void a_file_is_whoever_s_asked_for_it() {
    assertThat(logs(" #0: stdout all=off none\n" + STDERR_OFF + " #2: file=/tmp/l all=info none\n"))
        .isEmpty();
  }

  @Test
  void what_is_not_understood_is_not_changed() {
    assertThat(JvmLog.thatShowJvmTi(null)).isNull();
    assertThat(logs("")).isNull();
    assertThat(logs(" #0: stdout gc=info none\n")).isNull();
  }

  private static List<JvmLog> logs(String outputs) {
    return JvmLog.thatShowJvmTi("Log output configuration:\n" + outputs);
  }
}
