// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import io.memreport.model.PostMortem;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.sql.ConnectionHeap;
import java.util.Objects;

/** Why a figure is unknown, and how unknown figures are ordered. */
public final class Reasons {
  /** The most characters of one text that the page carries; {@code report.json} has all. */
  public static final int FULL_TEXT = 20_000;

  private static final NativeUse NO_NATIVE = new NativeUse(null, null, null);
  private static final HeapUse NO_HEAP = new HeapUse(null, null);
  private static final ConnectionHeap NO_CONNECTION = ConnectionHeap.NONE;

  private Reasons() {}

  /** Native heap of which nothing is known counts as one of unknown figures; so do the next. */
  public static NativeUse known(NativeUse use) {
    return Objects.requireNonNullElse(use, NO_NATIVE);
  }

  public static HeapUse known(HeapUse use) {
    return Objects.requireNonNullElse(use, NO_HEAP);
  }

  public static ConnectionHeap known(ConnectionHeap heap) {
    return Objects.requireNonNullElse(heap, NO_CONNECTION);
  }

  /** Why native SQLite heap is unknown, as far as the recording says. */
  public static String noNative(PostMortem postMortem) {
    return postMortem.nativeLibraries().stream()
        .filter(NativeLibrary::sqlite)
        .map(NativeLibrary::unavailable)
        .filter(Objects::nonNull)
        .map(VisibleText::label)
        .findFirst()
        .orElse("not measured");
  }

  public static long orZero(Long bytes) {
    return bytes == null ? 0 : bytes;
  }
}
