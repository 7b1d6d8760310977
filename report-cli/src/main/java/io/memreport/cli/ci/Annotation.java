// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.PostMortem;
import io.memreport.model.TestResult;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A finding at the line of the test that it is about.
 *
 * @param file below the root of the sources, or null
 * @param line from 1; 0 without a file
 */
record Annotation(Severity severity, String title, String message, Path file, int line) {
  /** GitHub shows ten of a kind from one step. */
  private static final int MOST = 10;

  /** Of findings that are more than information. */
  static List<Annotation> of(PostMortem postMortem, SourceTree sources) {
    return postMortem.findings().stream()
        .filter(finding -> finding.severity() != Severity.INFO)
        .sorted((one, other) -> one.severity().compareTo(other.severity()))
        .limit(MOST)
        .map(finding -> of(finding, postMortem, sources))
        .toList();
  }

  private static Annotation of(Finding finding, PostMortem postMortem, SourceTree sources) {
    SourceTree.Place place =
        postMortem.tests().stream()
            .filter(test -> test.id().equals(finding.where()))
            .filter(test -> test.className() != null)
            .map(test -> place(test, sources))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new Annotation(
        finding.severity(),
        finding.title(),
        finding.evidence() + "\n" + finding.advice(),
        place == null ? null : place.file(),
        place == null ? 0 : place.line());
  }

  private static SourceTree.Place place(TestResult test, SourceTree sources) {
    return sources.find(test.className(), test.methodName());
  }
}
