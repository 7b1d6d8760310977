// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.memory.Boundaries;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tests, and what is known of them besides their rows.
 *
 * @param byId the same tests by their ids
 * @param filesLeft by test id, how many more files were open after it than before
 * @param boundaries how things stood when tests began and ended
 */
public record SuiteFacts(
    List<TestResult> tests,
    Map<String, TestResult> byId,
    Map<String, Long> filesLeft,
    Boundaries boundaries) {

  static SuiteFacts of(List<TestResult> tests, Map<String, Long> filesLeft, Boundaries boundaries) {
    return new SuiteFacts(
        tests,
        tests.stream()
            .collect(Collectors.toMap(TestResult::id, Function.identity(), (one, same) -> same)),
        filesLeft,
        boundaries);
  }

  /** The test with this id, or null. */
  public @Nullable TestResult test(@Nullable String id) {
    return byId.get(id);
  }
}
