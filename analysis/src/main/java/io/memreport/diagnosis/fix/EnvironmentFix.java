// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.fix;

import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Fix.Setting;
import io.memreport.model.verdict.Fix.Snippet;
import io.memreport.model.verdict.FixKind;
import java.util.List;

/** One variable of the environment in all the places that set it. */
public final class EnvironmentFix {
  private EnvironmentFix() {}

  /** Name and value must need no quotes. */
  public static Fix of(String name, String value) {
    String pair = name + "=" + value;
    return new Fix(
        FixKind.ENVIRONMENT,
        List.of(new Setting(name, null, value)),
        null,
        List.of(
            new Snippet("Shell", "export " + pair),
            new Snippet("systemd unit", "Environment=" + pair),
            new Snippet("Dockerfile", "ENV " + pair),
            new Snippet(
                "Surefire, Failsafe",
                "<environmentVariables><"
                    + name
                    + ">"
                    + value
                    + "</"
                    + name
                    + "></environmentVariables>"),
            new Snippet(
                "Gradle",
                "tasks.withType<Test> { environment(\"" + name + "\", \"" + value + "\") }")));
  }
}
