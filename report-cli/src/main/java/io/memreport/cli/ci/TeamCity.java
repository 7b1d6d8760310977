// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.verdict.VerdictKind;
import java.util.Locale;

/** Service messages: "Service Messages" in TeamCity's documentation. */
final class TeamCity {
  private TeamCity() {}

  static void publish(Publication publication) {
    boolean well = publication.postMortem().verdict().kind() == VerdictKind.CLEAN;
    publication
        .out()
        .println(
            "##teamcity[message text='"
                + value(publication.headline())
                + "' status='"
                + (well ? "NORMAL" : "WARNING")
                + "']");
    for (Annotation annotation : publication.annotations()) {
      publication
          .out()
          .println(
              "##teamcity[message text='"
                  + value(annotation.title())
                  + "' errorDetails='"
                  + value(annotation.message())
                  + "' status='WARNING']");
    }
    publication
        .out()
        .println(
            "##teamcity[publishArtifacts '"
                + value(publication.folder().path().toAbsolutePath() + " => memreport")
                + "']");
  }

  private static String value(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> escaped.append("|n");
        case '\r' -> escaped.append("|r");
        case '|', '\'', '[', ']' -> escaped.append('|').append(c);
        default -> {
          if (c < ' ' || c > '~') {
            escaped.append(String.format(Locale.ROOT, "|0x%04x", (int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
