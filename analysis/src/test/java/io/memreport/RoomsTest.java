// SPDX-License-Identifier: Apache-2.0
package io.memreport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Imports point one way: report → diagnosis → model ← input. */
class RoomsTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.memreport");

  @Test
  void the_model_depends_on_nothing_of_ours() {
    classes()
        .that()
        .resideInAPackage("io.memreport.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.memreport.model..", "java..", "com.fasterxml.jackson..", "org.jspecify..")
        .check(CODE);
  }

  @Test
  void readers_know_the_model_and_the_events() {
    never(
        "io.memreport.input..",
        "io.memreport.diagnosis..",
        "io.memreport.report..",
        "io.memreport.cli..");
  }

  @Test
  void rules_read_no_files_and_render_nothing() {
    never(
        "io.memreport.diagnosis..",
        "io.memreport.input..",
        "io.memreport.report..",
        "io.memreport.cli..",
        "java.nio.file..",
        "java.io..",
        "jdk.jfr..");
  }

  @Test
  void renderers_decide_nothing() {
    never("io.memreport.report..", "io.memreport.input..", "io.memreport.cli..", "jdk.jfr..");
    noClasses()
        .that()
        .resideInAPackage("io.memreport.report..")
        .should()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Diagnosis")
        .check(CODE);
  }

  @Test
  void only_readers_know_the_recorder() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.memreport.diagnosis..", "io.memreport.report..", "io.memreport.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.memreport.recorder..")
        .check(CODE);
  }

  @Test
  void nothing_here_instruments() {
    never("io.memreport..", "io.memreport.agent..", "java.lang.instrument..", "net.bytebuddy..");
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("io.memreport.(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void a_package_is_a_topic_of_at_most_25_files() {
    assertThat(
            CODE.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
        .allSatisfy((name, files) -> assertThat(files).as(name).isLessThanOrEqualTo(most(name)));
  }

  /** What a query, a statement and a connection are to each other does not come apart. */
  private static long most(String packageName) {
    return packageName.equals("io.memreport.recorder.scope") ? 30 : 25;
  }

  private static void never(String from, String... to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .check(CODE);
  }
}
