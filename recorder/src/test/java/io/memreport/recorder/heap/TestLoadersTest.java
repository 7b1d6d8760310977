// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestLoadersTest {
  private static final int MANY = 16;

  private final List<ClassLoader> kept = new ArrayList<>();

  @AfterEach
  void forget() {
    TestLoaders.forget();
  }

  @Test
  void from_sixteen_on_that_are_alike_they_are_told_of() {
    for (int i = 1; i < MANY; i++) {
      define("shop/Script" + i, 7);
    }
    define("shop/Order", 7);
    define("shop/Script", 8);
    assertThat(TestLoaders.areMany()).isFalse();
    define("shop/Script99", 7);
    assertThat(TestLoaders.areMany()).isTrue();
  }

  @Test
  void they_are_told_of_once_and_again_when_others_come() {
    for (int i = 0; i < MANY; i++) {
      define("shop/Plugin", 7);
    }
    TestLoaders.write();
    assertThat(TestLoaders.areMany()).isFalse();
    define("shop/Plugin", 7);
    assertThat(TestLoaders.areMany()).isTrue();
  }

  @Test
  void those_that_are_gone_are_not_counted() {
    for (int i = 0; i < MANY; i++) {
      define("shop/Plugin", 7);
    }
    kept.remove(0);
    for (int i = 0; i < 10 && TestLoaders.areMany(); i++) {
      System.gc();
    }
    assertThat(TestLoaders.areMany()).isFalse();
  }

  @Test
  void a_class_whose_name_is_not_told_counts_by_its_loader() {
    for (int i = 0; i < MANY; i++) {
      define(null, 7);
    }
    assertThat(TestLoaders.areMany()).isTrue();
  }

  @Test
  void a_loader_is_known_once_it_was_told_of() {
    ClassLoader loader = new ClassLoader() {};
    assertThat(TestLoaders.isKnown(loader, "shop/Plugin")).isFalse();
    assertThat(TestLoaders.isKnown(loader, "jdk/internal/reflect/GeneratedMethodAccessor7"))
        .as("the JDK's own")
        .isTrue();
    TestLoaders.defines(loader, "shop/Plugin", 7);
    assertThat(TestLoaders.isKnown(loader, "shop/Order")).isTrue();
  }

  private void define(String className, long test) {
    ClassLoader loader = new Loader();
    kept.add(loader);
    TestLoaders.defines(loader, className, test);
  }

  private static final class Loader extends ClassLoader {}
}
