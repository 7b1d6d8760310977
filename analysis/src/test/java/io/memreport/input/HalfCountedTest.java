// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.model.Facts;
import io.memreport.model.memory.NativeUse;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.memory.LibraryHeapEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another tool took over is not seen to be given back. */
class HalfCountedTest {
  @TempDir private Path folder;

  @Test
  void who_was_counted_to_the_end_is_told_by_query_and_statement() throws IOException {
    Facts facts = read("libsqlitejdbc.so", null);
    assertThat(facts.queries().get(0).sqlite()).isEqualTo(new NativeUse(90L, 80L, 70L));
    assertThat(facts.uses().get(0)).extracting("peakBytes", "netBytes").containsExactly(80L, 70L);
    assertThat(facts.openStatements())
        .extracting("count", "heldBytes")
        .containsExactly(tuple(2L, 60L));
  }

  @Test
  void who_was_not_is_not() throws IOException {
    Facts facts = read("libsqlitejdbc.so", "its calls of malloc go to another tool");
    assertThat(facts.queries().get(0).sqlite()).isEqualTo(new NativeUse(null, null, null));
    assertThat(facts.uses().get(0)).extracting("peakBytes", "netBytes").containsExactly(null, null);
    assertThat(facts.openStatements())
        .extracting("count", "heldBytes")
        .containsExactly(tuple(2L, null));
  }

  @Test
  void other_libraries_change_nothing_of_sqlite() throws IOException {
    Facts facts = read("libzstd-jni.so", "its calls of malloc go to another tool");
    assertThat(facts.queries().get(0).sqlite()).isEqualTo(new NativeUse(90L, 80L, 70L));
  }

  private Facts read(String library, String unavailable) throws IOException {
    try (RecordedRun run = new RecordedRun()) {
      QueryTotalEvent total = new QueryTotalEvent();
      total.sqlId = 5;
      total.connectionId = 4;
      total.executions = 1;
      total.nativeAllocated = 90;
      total.nativePeak = 80;
      total.nativeNet = 70;
      total.commit();
      OpenStatementsEvent open = new OpenStatementsEvent();
      open.sqlId = 5;
      open.connectionId = 4;
      open.open = 2;
      open.nativeHeld = 60;
      open.commit();
      ConnectionStateEvent connection = new ConnectionStateEvent();
      connection.connectionId = 4;
      connection.nativeHeld = 70;
      connection.commit();
      LibraryHeapEvent heap = new LibraryHeapEvent();
      heap.library = library;
      heap.sqlite = library.contains("sqlite");
      heap.unavailable = unavailable;
      heap.commit();
      return Recordings.read(List.of(run.to(folder.resolve("run.jfr"))), bytes -> {}).facts();
    }
  }
}
