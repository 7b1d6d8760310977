// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Collectors;

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

  @ArchTest
  static void a_package_is_a_topic_of_at_most_25_files(JavaClasses code) {
    assertThat(
            code.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
        .allSatisfy((name, files) -> assertThat(files).as(name).isLessThanOrEqualTo(25));
  }
}
