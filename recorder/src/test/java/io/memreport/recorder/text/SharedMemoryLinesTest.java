// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.shared.SharedFailureEvent;
import io.memreport.recorder.scope.Recorded;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedMemoryLinesTest {
  @Test
  void an_error_is_kept_with_its_statement_and_without_literals() throws Exception {
    assertThat(
            said(
                "LOG:  listening on port 5432",
                "12:00 UTC [7] ERROR:  could not resize shared memory segment \"/PostgreSQL.1\" to 100"
                    + " bytes: No space left on device",
                "CONTEXT:  parallel worker",
                "STATEMENT:  select 'secret' from t where id = 42",
                "STATEMENT:  select 43"))
        .containsExactly(
            "12:00 UTC [7] ERROR:  could not resize shared memory segment \"/PostgreSQL.1\" to 100"
                + " bytes: No space left on device",
            "STATEMENT:  select ? from t where id = ?");
  }

  @Test
  void of_what_stands_before_a_message_the_time_and_the_process_are_kept() throws Exception {
    assertThat(
            said(
                "2026-01-02 03:04:05.678 UTC [77] user=secret,db=secret,client=10.1.2.3 secret ERROR: "
                    + " could not resize shared memory segment \"/PostgreSQL.1\" to 100 bytes: No"
                    + " space left on device",
                "2026-01-02 03:04:05.678 UTC [77] secret@secret STATEMENT:  select 'secret'"))
        .containsExactly(
            "2026-01-02 03:04:05.678 UTC [77] ERROR:  could not resize shared memory segment"
                + " \"/PostgreSQL.1\" to 100 bytes: No space left on device",
            "2026-01-02 03:04:05.678 UTC [77] STATEMENT:  select ?");
  }

  @Test
  void a_message_with_words_of_its_own_is_not_kept() throws Exception {
    assertThat(
            said(
                "could not open shared memory for user Secret=1: No space left on device",
                "shmget(key=1, name='secret') failed"))
        .isEmpty();
  }

  @Test
  void words_of_an_application_are_not_kept() throws Exception {
    assertThat(
            said(
                "STATEMENT:  select 'shared memory secret'",
                "user secret wrote about shared memory",
                "SQL [select 'secret']: could not create shared memory segment: No space left on"
                    + " device",
                "STATEMENT:  select 'shmget secret'"))
        .containsExactly(
            "could not create shared memory segment: No space left on device",
            "STATEMENT:  select ?");
  }

  @Test
  void what_initdb_falls_back_to_is_kept_and_what_else_it_selects_is_not() throws Exception {
    assertThat(
            said(
                "selecting dynamic shared memory implementation ... posix",
                "selecting default \"max_connections\" ... 25",
                "selecting default \"shared_buffers\" ... 400kB",
                "selecting default time zone ... Etc/UTC"))
        .containsExactly(
            "selecting default \"max_connections\" ... 25",
            "selecting default \"shared_buffers\" ... 400kB");
  }

  @Test
  void what_initdb_selects_in_good_times_is_not_kept() throws Exception {
    assertThat(
            said(
                "selecting default \"max_connections\" ... 100",
                "selecting default \"shared_buffers\" ... 128MB"))
        .isEmpty();
  }

  @Test
  void of_an_exception_only_the_refusal_is_kept_and_once() throws Exception {
    Exception root =
        new IllegalStateException(
            "ERROR: could not resize shared memory segment \"/PostgreSQL.1\" to 100 bytes: No space"
                + " left on device\n  Where: parallel worker 'secret'");
    Exception wrapper =
        new IllegalStateException("SQL [select 'secret']; " + root.getMessage(), root);
    Recorded recorded =
        Recorded.during(
            () -> {
              SharedMemoryLines.look(wrapper, 0, 7);
              SharedMemoryLines.look(root, 0, 0);
            });
    assertThat(texts(recorded))
        .containsExactly(
            "ERROR: could not resize shared memory segment \"/PostgreSQL.1\" to 100 bytes: No"
                + " space left on device");
  }

  private static List<String> said(String... lines) throws Exception {
    SharedMemoryLines looking = new SharedMemoryLines(0);
    return texts(
        Recorded.during(
            () -> {
              for (String line : lines) {
                if (looking.wantsNext()
                    || SharedMemoryLines.SIGNS.stream().anyMatch(line::contains)) {
                  looking.look(line);
                }
              }
            }));
  }

  private static List<String> texts(Recorded recorded) {
    return recorded.named(SharedFailureEvent.NAME).stream()
        .map(event -> event.getString("text"))
        .toList();
  }
}
