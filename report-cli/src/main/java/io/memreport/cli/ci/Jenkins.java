// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plugin junit-attachments shows each file in {@code surefire-reports/CLASS/} as an attachment
 * of that class: the classes of tests that findings name get the summary there.
 */
final class Jenkins {
  private static final int DEPTH = 6;

  private Jenkins() {}

  static void publish(Publication publication) throws IOException {
    Set<String> named =
        publication.postMortem().findings().stream()
            .map(finding -> finding.where())
            .collect(Collectors.toSet());
    List<String> classes =
        publication.postMortem().tests().stream()
            .filter(test -> named.contains(test.id()))
            .map(TestResult::className)
            .filter(name -> name != null && name.matches("[\\w.$]+"))
            .distinct()
            .toList();
    String workspace = publication.variable("WORKSPACE");
    if (classes.isEmpty() || workspace.isEmpty()) {
      return;
    }
    try (Stream<Path> files = Files.find(Path.of(workspace), DEPTH, Jenkins::isReports)) {
      for (Path reports : files.toList()) {
        for (String name : classes) {
          if (Files.exists(reports.resolve("TEST-" + name + ".xml"))) {
            Path attachment = reports.resolve(name).resolve("memreport.md");
            Files.createDirectories(attachment.getParent());
            Files.copy(
                publication.file("summary.md"), attachment, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private static boolean isReports(Path path, java.nio.file.attribute.BasicFileAttributes is) {
    Path name = path.getFileName();
    return is.isDirectory()
        && name != null
        && (name.toString().equals("surefire-reports")
            || name.toString().equals("failsafe-reports"));
  }
}
