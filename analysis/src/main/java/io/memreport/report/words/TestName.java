// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.PostMortem;
import io.memreport.model.TestResult;

/** What a test is called where there are no links. */
public final class TestName {
  private TestName() {}

  /** Null if there is no such test. */
  public static String of(PostMortem postMortem, String id) {
    return postMortem.tests().stream()
        .filter(test -> test.id().equals(id))
        .findFirst()
        .map(TestName::of)
        .orElse(null);
  }

  public static String of(TestResult test) {
    String name = test.displayName() == null ? test.methodName() : test.displayName();
    if (test.className() == null) {
      return name == null ? test.id() : name;
    }
    return name == null ? test.className() : test.className() + " " + name;
  }
}
