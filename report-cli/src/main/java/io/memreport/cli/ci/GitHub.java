// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.verdict.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Annotations by workflow commands, and the job's summary; see "Workflow commands for GitHub
 * Actions" in its documentation.
 */
final class GitHub {
  private static final String SUMMARY = "GITHUB_STEP_SUMMARY";

  private GitHub() {}

  static void publish(Publication publication) throws IOException {
    for (Annotation annotation : publication.annotations()) {
      StringBuilder command = new StringBuilder("::");
      command.append(annotation.severity() == Severity.CRITICAL ? "error" : "warning").append(' ');
      if (annotation.file() != null) {
        command.append("file=").append(property(annotation.file().toString().replace('\\', '/')));
        command.append(",line=").append(annotation.line()).append(',');
      }
      command.append("title=").append(property(annotation.title()));
      command.append("::").append(data(annotation.message()));
      publication.out().println(command);
    }
    String summary = publication.variable(SUMMARY);
    if (!summary.isEmpty()) {
      Files.writeString(
          Path.of(summary),
          Files.readString(publication.file("summary.md")) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
