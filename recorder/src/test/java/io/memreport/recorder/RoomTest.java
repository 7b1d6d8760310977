// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the boot loader of somebody else's JVM can load, and what it can't see. */
@AnalyzeClasses(
    packages = "io.memreport.recorder",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomTest {
  @ArchTest
  static final ArchRule USES_THE_JDK_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.memreport.recorder..",
              "java..",
              "jdk.jfr..",
              "com.sun.management..",
              "javax.management..");

  @ArchTest
  static final ArchRule SEES_NOTHING_OF_THE_PLATFORM_LOADER =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.memreport.recorder.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PRINTS_NOTHING_ON_STDOUT =
      noClasses().should().accessField(System.class, "out");

  @ArchTest
  static final ArchRule EVENTS_DEPEND_ON_NOTHING_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage("..event..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..recorder.scope..",
              "..recorder.text..",
              "..recorder.run..",
              "..recorder.memory..",
              "..nativeheap..");
}
