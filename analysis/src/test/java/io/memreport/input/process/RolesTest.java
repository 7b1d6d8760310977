// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesTest {
  @ParameterizedTest
  @CsvSource({
    "org.codehaus.plexus.classworlds.launcher.Launcher -q -B ?, BUILD_TOOL",
    "org.gradle.launcher.daemon.bootstrap.GradleDaemon 9.0, BUILD_TOOL",
    "org.gradle.wrapper.GradleWrapperMain check, BUILD_TOOL",
    "worker.org.gradle.process.internal.worker.GradleWorkerMain ?, BUILD_TOOL",
    "worker.org.gradle.process.internal.worker.GradleWorkerMain Gradle Test Executor 1, TEST_FORK",
    "/p/target/surefire/surefirebooter-2026_3.jar /p/target ?, TEST_FORK",
    "org.junit.runner.JUnitCore shop.CartTest, TEST_FORK",
    "/lib/junit-platform-console-standalone-6.1.3.jar execute ?, TEST_FORK",
    "shop.JUnitCoreLike, OTHER",
    "/p/.mvn/wrapper/maven-wrapper.jar, BUILD_TOOL",
    "jdk.compiler/com.sun.tools.javac.launcher.Main A.java, COMPILER",
    "org.jetbrains.kotlin.daemon.KotlinCompileDaemon, COMPILER",
    "shop.Main org.gradle.Fake, OTHER",
    ", OTHER"
  })
  void the_main_class_tells(String command, Role role) {
    assertThat(Roles.of(false, false, command)).isEqualTo(role);
  }

  @Test
  void what_it_did_tells_more() {
    String gradle = "worker.org.gradle.process.internal.worker.GradleWorkerMain";
    assertThat(Roles.of(true, true, gradle)).isEqualTo(Role.TEST_FORK);
    assertThat(Roles.of(false, true, "shop.Main")).isEqualTo(Role.SERVICE);
  }
}
