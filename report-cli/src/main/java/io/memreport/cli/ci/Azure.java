// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.verdict.Severity;

/** Logging commands of Azure Pipelines: "Logging commands" in its documentation. */
final class Azure {
  private Azure() {}

  static void publish(Publication publication) {
    for (Annotation annotation : publication.annotations()) {
      String type = annotation.severity() == Severity.CRITICAL ? "error" : "warning";
      String place =
          annotation.file() == null
              ? ""
              : ";sourcepath="
                  + property(annotation.file().toString())
                  + ";linenumber="
                  + annotation.line();
      publication
          .out()
          .println(
              "##vso[task.logissue type="
                  + type
                  + place
                  + "]"
                  + data(annotation.title() + ": " + annotation.message()));
    }
    publication
        .out()
        .println("##vso[task.uploadsummary]" + data(publication.file("summary.md").toString()));
  }

  private static String data(String text) {
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(";", "%3B").replace("]", "%5D");
  }
}
