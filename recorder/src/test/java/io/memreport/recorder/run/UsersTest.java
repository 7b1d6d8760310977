// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsersTest {
  private static final List<String> OVERFLOW = List.of("65534");

  @Test
  void trusts_itself_and_root() {
    Users users = new Users(1000, -1, List.of());
    assertThat(users.trust(1000)).isTrue();
    assertThat(users.trust(0)).isTrue();
    assertThat(users.trust(1001)).isFalse();
    assertThat(users.trust(-1)).isFalse();
    assertThat(new Users(0, -1, List.of()).trust(1000)).isFalse();
  }

  @Test
  void whoever_has_no_number_in_a_namespace_is_trusted_there_only() {
    assertThat(new Users(0, 65534, List.of()).trust(65534)).isTrue();
    assertThat(new Users(0, -1, List.of()).trust(65534)).isFalse();
  }

  @Test
  void a_namespace_with_all_users_hides_none() {
    assertThat(Users.unmapped(List.of("         0          0 4294967295"), OVERFLOW)).isEqualTo(-1);
    assertThat(Users.unmapped(List.of("0 1000 1"), OVERFLOW)).isEqualTo(65534);
    assertThat(Users.unmapped(List.of("0 1000 1", "1 100000 65536"), OVERFLOW)).isEqualTo(65534);
    assertThat(Users.unmapped(List.of(), OVERFLOW)).isEqualTo(-1);
    assertThat(Users.unmapped(List.of("0 1000 1"), List.of())).isEqualTo(-1);
  }

  @Test
  void a_group_is_private_if_it_is_the_users_own_and_has_no_other_members() {
    List<String> groups = List.of("root:x:0:", "ann:x:1000:", "bob:x:1001:bob", "cat:x:1002:ann");
    assertThat(new Users(1000, -1, groups).isPrivate(1000)).isTrue();
    assertThat(new Users(1001, -1, groups).isPrivate(1001)).isTrue();
    assertThat(new Users(1002, -1, groups).isPrivate(1002)).isFalse();
    assertThat(new Users(1000, -1, groups).isPrivate(1001)).isFalse();
    assertThat(new Users(1003, -1, groups).isPrivate(1003)).isFalse();
    assertThat(new Users(0, -1, groups).isPrivate(0)).isFalse();
  }
}
