// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.framework;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationCodeTest {
  @Test
  void frameworks_stand_between_and_tests_of_a_driver_are_its_users() {
    assertThat(ApplicationCode.is("org.junit.jupiter.engine.Executor")).isFalse();
    assertThat(ApplicationCode.is("org.apache.groovy.util.Calls")).isFalse();
    assertThat(ApplicationCode.is("com.acme.Jobs")).isTrue();
    assertThat(ApplicationCode.is("org.sqlite.jdbc3.JDBC3Statement")).isFalse();
    assertThat(ApplicationCode.is("org.sqlite.QueryTest")).isTrue();
    assertThat(ApplicationCode.is("org.sqlite.QueryTest$Nested")).isTrue();
    assertThat(ApplicationCode.is("org.sqlite.ReopenIT")).isTrue();
    assertThat(ApplicationCode.is("org.sqlite.core.EDIT")).isFalse();
  }

  /** The shim has them all in a table of 8 KiB. */
  @Test
  void libraries_fit_the_shims_table() {
    assertThat(String.join("\n", ApplicationCode.libraries())).hasSizeLessThan(8000);
    assertThat(ApplicationCode.libraries()).allMatch(prefix -> prefix.endsWith("."));
  }
}
