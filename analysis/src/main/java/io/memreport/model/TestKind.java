// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a row of the tests is. */
public enum TestKind {
  /** One execution of one test. */
  @JsonProperty("test")
  TEST,
  /** What runs before and after the tests of one class. */
  @JsonProperty("fixture")
  @JsonAlias("class")
  FIXTURE,
  /** A unit of work that a program names itself. */
  @JsonProperty("span")
  SPAN
}
