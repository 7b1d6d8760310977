// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The agent weaves; it reads no recording. */
@AnalyzeClasses(
    packages = "io.memreport.agent",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomTest {
  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.memreport.agent.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PRINTS_NOTHING_ON_STDOUT =
      noClasses().should().accessField(System.class, "out");
}
