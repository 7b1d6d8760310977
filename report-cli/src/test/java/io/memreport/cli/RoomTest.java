// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Commands are thin: they read options, call the analysis and print. */
@AnalyzeClasses(packages = "io.memreport.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomTest {
  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.memreport.cli.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule KNOWS_NO_EVENTS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.memreport.recorder.event..", "jdk.jfr..");
}
