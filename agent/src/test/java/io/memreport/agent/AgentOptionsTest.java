// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.run.Settings.Natives;
import io.memreport.recorder.text.Watch;
import io.memreport.recorder.text.Watch.Leaks;
import io.memreport.recorder.text.Watch.SqlText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {
  private static final String DEFAULTS =
      "out=memreport-out,sample=50ms,query-threshold=10ms,retained-threshold=64k,"
          + "sql=fingerprint,native=sqlite,heap=thread,leaks=samples,heap-sample=512k";

  private final Properties properties = new Properties();

  @Test
  void defaults() {
    AgentOptions options = parse(null, Map.of());
    assertThat(options.warnings()).isEmpty();
    assertThat(options.settings().rendered()).isEqualTo(DEFAULTS);
    assertThat(options.settings().out()).isEqualTo(Path.of("memreport-out"));
    assertThat(options.settings().sampleMillis()).isEqualTo(50);
    assertThat(options.settings().natives()).isEqualTo(Natives.SQLITE);
    assertThat(options.settings().watch().leaks()).isEqualTo(Leaks.SAMPLES);
    assertThat(options.settings().jfc()).isNull();
    assertThat(options.settings().watch())
        .isEqualTo(new Watch(10_000_000, 65_536, SqlText.FINGERPRINT, true, Leaks.SAMPLES));
  }

  @Test
  void argumentBeatsPropertyBeatsEnvironment() {
    properties.setProperty("memreport.query-threshold", "2s");
    properties.setProperty("memreport.sample", "2s");
    Map<String, String> env =
        Map.of("MEMREPORT_QUERY_THRESHOLD", "3s", "MEMREPORT_SAMPLE", "3s", "MEMREPORT_OUT", "env");
    AgentOptions options = parse("sample=1s", env);
    assertThat(options.settings().sampleMillis()).isEqualTo(1000);
    assertThat(options.settings().watch().queryThresholdNanos()).isEqualTo(2_000_000_000L);
    assertThat(options.settings().out()).isEqualTo(Path.of("env"));
  }

  @Test
  void renderedOptionsMeanTheSame() {
    AgentOptions options =
        parse(
            "out=/tmp/x=y,sample=1s,sql=raw,native=all,heap=off,leaks=gc,span=a.B#c*;D$E#f,settings=a.jfc",
            Map.of());
    assertThat(options.warnings()).isEmpty();
    assertThat(parse(options.settings().rendered(), Map.of()).settings())
        .isEqualTo(options.settings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample=0ms",
        "sample=",
        "sample=5",
        "sample=-5ms",
        "sample=99999999999999999999s",
        "query-threshold=fast",
        "retained-threshold=k",
        "retained-threshold=",
        "native=none",
        "heap=yes",
        "leaks=maybe",
        "heap-sample=0",
        "heap-sample=16383",
        "heap-sample=1073741825",
        "heap-sample=often",
        "sql=\u0131",
        "out=\u0000",
        "colour=red",
        "nonsense"
      })
  void badOptionIsOneWarningAndTheDefaultHolds(String option) {
    AgentOptions options = parse(option, Map.of());
    assertThat(options.warnings()).hasSize(1);
    assertThat(options.settings().rendered()).isEqualTo(DEFAULTS);
  }

  @Test
  void heapIsSampledFromSixteenKibibytesToAGibibyteOrNot() {
    assertThat(parse("heap-sample=16k", Map.of()).settings().heapSampleBytes()).isEqualTo(16384);
    assertThat(parse("heap-sample=1g", Map.of()).settings().heapSampleBytes()).isEqualTo(1 << 30);
    assertThat(parse("heap-sample=off", Map.of()).settings().heapSampleBytes()).isZero();
    assertThat(parse(null, Map.of()).settings().heapSampleBytes()).isEqualTo(512 << 10);
  }

  private AgentOptions parse(String argument, Map<String, String> env) {
    return AgentOptions.parse(argument, properties, env);
  }
}
