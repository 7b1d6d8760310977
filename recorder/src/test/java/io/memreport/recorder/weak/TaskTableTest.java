// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskTableTest {
  private final Set<Integer> running = new HashSet<>(List.of(1, 2, 3));

  @Test
  void tells_who_handed_over_a_task_as_often_as_it_begins() {
    TaskTable table = table(4);
    table.put(7, 1);
    assertThat(table.begin(7)).isEqualTo(1);
    assertThat(table.begin(7)).isEqualTo(1);
    assertThat(table.begin(8)).isEqualTo(TaskTable.UNKNOWN);
  }

  @Test
  void tells_the_largest_hash_and_the_largest_test() {
    TaskTable table = table(4);
    int test = TaskTable.key(Integer.MAX_VALUE);
    table.put(Integer.MAX_VALUE, test);
    assertThat(table.begin(Integer.MAX_VALUE)).isEqualTo(test).isPositive();
    assertThat(TaskTable.key(Integer.MAX_VALUE + 2L)).isEqualTo(1);
  }

  @Test
  void what_two_running_tests_handed_over_is_nobodys() {
    TaskTable table = table(4);
    table.put(7, 1);
    table.put(7, 2);
    assertThat(table.begin(7)).isEqualTo(TaskTable.UNKNOWN);
    table.put(7, 1);
    assertThat(table.begin(7)).isEqualTo(TaskTable.UNKNOWN);
  }

  @Test
  void what_the_same_test_hands_over_again_is_its_own() {
    TaskTable table = table(4);
    table.put(7, 1);
    table.put(7, 1);
    assertThat(table.begin(7)).isEqualTo(1);
  }

  @Test
  void what_a_test_handed_over_that_is_over_is_the_next_ones() {
    TaskTable table = table(4);
    table.put(7, 1);
    running.remove(1);
    table.put(7, 2);
    assertThat(table.begin(7)).isEqualTo(2);
  }

  @Test
  void forgets_one_object_and_no_other() {
    TaskTable table = table(2);
    table.put(7, 1);
    table.put(8, 2);
    table.forget(7);
    assertThat(table.begin(7)).isEqualTo(TaskTable.UNKNOWN);
    assertThat(table.begin(8)).isEqualTo(2);
  }

  @Test
  void without_room_forgets_what_has_begun() {
    TaskTable table = table(2);
    for (int task = 1; task <= 4; task++) {
      table.put(task, 3);
    }
    assertThat(table.begin(2)).isEqualTo(3);
    table.put(5, 1);
    assertThat(table.begin(2)).isEqualTo(TaskTable.UNKNOWN);
    for (int task : new int[] {1, 3, 4}) {
      assertThat(table.begin(task)).as("task %s", task).isEqualTo(3);
    }
    assertThat(table.begin(5)).isEqualTo(1);
  }

  @Test
  void is_full_of_what_waits_and_still_takes_the_newest() {
    TaskTable table = table(2);
    for (int task = 1; task <= 5; task++) {
      table.put(task, 2);
    }
    assertThat(table.begin(5)).isEqualTo(2);
    int known = 0;
    for (int task = 1; task <= 5; task++) {
      known += table.begin(task) == 2 ? 1 : 0;
    }
    assertThat(known).isEqualTo(4);
  }

  @Test
  void far_too_many_are_forgotten_but_never_mistaken() {
    TaskTable table = table(10);
    int tasks = 1_000_000;
    for (int task = 1; task <= tasks; task++) {
      table.put(task * 31, 1 + task % 3);
    }
    int known = 0;
    for (int task = 1; task <= tasks; task++) {
      int test = table.begin(task * 31);
      assertThat(test).isIn(TaskTable.UNKNOWN, 1 + task % 3);
      known += test == TaskTable.UNKNOWN ? 0 : 1;
    }
    assertThat(known).isBetween(1, 1 << 10);
  }

  @Test
  void as_many_as_half_of_its_room_are_nearly_all_known() {
    TaskTable table = table(16);
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < 1 << 15; i++) {
      Object task = new Object();
      tasks.add(task);
      table.put(System.identityHashCode(task), 1);
    }
    long known =
        tasks.stream().filter(task -> table.begin(System.identityHashCode(task)) == 1).count();
    assertThat(known).isGreaterThan((1 << 15) * 9L / 10);
  }

  @Test
  void threads_that_write_at_once_lose_some_and_mistake_none() throws InterruptedException {
    TaskTable table = table(4);
    AtomicInteger mistaken = new AtomicInteger();
    AtomicInteger found = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      int test = i;
      Thread thread =
          new Thread(
              () -> {
                for (int round = 0; round < 200_000; round++) {
                  int task = 4 * (round % 64 + 1) + test;
                  table.put(task, test);
                  int told = table.begin(task);
                  mistaken.addAndGet(told == test || told == TaskTable.UNKNOWN ? 0 : 1);
                  found.addAndGet(told == test ? 1 : 0);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(mistaken).hasValue(0);
    assertThat(found.get()).isPositive();
  }

  private TaskTable table(int bits) {
    return new TaskTable(bits, running::contains);
  }
}
