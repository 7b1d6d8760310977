// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What lives to the end and says nothing about the code under test. */
class OldObjectTest {
  private static final String LOCALS =
      "the stack of a thread → java.lang.Thread.threadLocals → "
          + "java.lang.ThreadLocal$ThreadLocalMap.table";

  @Test
  void an_object_of_the_agent_is_none_of_a_test_whoever_holds_it() {
    assertThat(of("io.memreport.recorder.scope.ThreadWork", LOCALS).isInfrastructure()).isTrue();
    assertThat(of("byte[]", "static io.memreport.recorder.Table.ALL").isInfrastructure()).isTrue();
  }

  @Test
  void the_table_of_a_threads_locals_is_none_of_a_test_but_what_it_holds_may_be() {
    String table = "java.lang.ThreadLocal$ThreadLocalMap";
    String thread = "the stack of a thread → java.lang.Thread.inheritableThreadLocals";
    assertThat(of(table, thread).isInfrastructure()).isTrue();
    assertThat(of(table + "$Entry[]", thread + " → " + table + ".table").isInfrastructure())
        .isTrue();
    assertThat(of("byte[]", thread + " → " + table + ".table").isInfrastructure()).isFalse();
  }

  @Test
  void what_a_class_of_the_jvm_without_a_name_holds_is_none_of_a_test() {
    String forms = "static ?._D_0 → java.lang.invoke.LambdaForm.vmentry";
    assertThat(of("java.lang.invoke.LambdaForm$Name[]", forms).isInfrastructure()).isTrue();
    assertThat(of("shop.Order", forms).isInfrastructure()).isFalse();
  }

  @Test
  void what_the_application_holds_is() {
    assertThat(of("byte[]", "static shop.Cache.ALL → java.lang.Object[]").isInfrastructure())
        .isFalse();
    assertThat(of("shop.Order", LOCALS).isInfrastructure()).isFalse();
  }

  @Test
  void what_a_static_field_of_the_jdk_holds_is_its_own_unless_other_code_is_in_between() {
    String cache = "static java.time.format.DateTimeTextProvider.CACHE → java.util.HashMap$Node[]";
    assertThat(of("java.lang.String", cache).isOfJdk()).isTrue();
    assertThat(of("shop.Order", cache).isOfJdk()).isFalse();
    assertThat(
            of("byte[]", "static java.lang.ApplicationShutdownHooks.hooks → shop.Hook").isOfJdk())
        .isFalse();
    assertThat(of("byte[]", "static shop.Cache.ALL").isOfJdk()).isFalse();
    assertThat(of("byte[]", LOCALS).isOfJdk()).isFalse();
  }

  private static OldObject of(String type, String chain) {
    return new OldObject(type, null, chain, Instant.EPOCH, 1);
  }
}
