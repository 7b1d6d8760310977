// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.text.Watch;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptEventsTest {
  @ParameterizedTest
  @ValueSource(strings = {"memreport.Run", "memreport.SqlText", "memreport.RunEnd", "jdk.DataLoss"})
  void ours_and_those_of_our_settings_are_kept(String name) {
    assertThat(KeptEvents.builtIn().test(name)).isTrue();
    assertThat(KeptEvents.builtIn().test(name + "x")).isFalse();
  }

  @Test
  void what_settings_turn_on_is_kept_and_nothing_else() {
    KeptEvents kept =
        KeptEvents.of(
            Map.of(
                "app.Order#enabled", "true",
                "app.Login#enabled", "false",
                "app.Other#threshold", "true"));
    assertThat(kept.test("app.Order")).isTrue();
    assertThat(kept.test("app.Login")).isFalse();
    assertThat(kept.test("app.Other")).isFalse();
    assertThat(kept.test("memreport.Run")).isTrue();
    assertThat(kept.test("jdk.DataLoss")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdk.InitialEnvironmentVariable",
        "jdk.InitialSystemProperty",
        "jdk.InitialSecurityProperty",
        "jdk.SecurityPropertyModification",
        "jdk.JVMInformation",
        "jdk.StringFlag",
        "jdk.StringFlagChanged",
        "jdk.JavaAgent",
        "jdk.NativeAgent",
        "jdk.SystemProcess",
        "jdk.ProcessStart",
        "jdk.ActiveRecording",
        "jdk.ActiveSetting"
      })
  void secrets_are_never_kept_whatever_settings_say(String name) {
    assertThat(KeptEvents.of(Map.of(name + "#enabled", "true")).test(name)).isFalse();
    assertThat(KeptEvents.builtIn().test(name)).isFalse();
  }

  /** The JDK's own files turn on all of them. */
  @ParameterizedTest
  @ValueSource(strings = {"default.jfc", "profile.jfc"})
  void secrets_are_not_even_recorded(String file) {
    Path jfc = Path.of(System.getProperty("java.home"), "lib", "jfr", file);
    Watch watch = new Watch(0, 0, Watch.SqlText.OFF, false, Watch.Leaks.OFF);
    Map<String, String> settings =
        JfrSettings.of(new Settings(Path.of("out"), 50, watch, Settings.Natives.OFF, 0, jfc, ""));
    assertThat(settings)
        .containsEntry("jdk.GarbageCollection#enabled", "true")
        .doesNotContainKeys(
            "jdk.InitialEnvironmentVariable#enabled",
            "jdk.InitialSystemProperty#enabled",
            "jdk.JVMInformation#enabled",
            "jdk.SystemProcess#enabled",
            "jdk.SystemProcess#period");
  }
}
