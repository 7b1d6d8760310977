// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.model.ConnectionHeap;
import io.memreport.model.HeapUse;
import io.memreport.model.NativeLibrary;
import io.memreport.model.NativeUse;
import io.memreport.model.PostMortem;
import java.util.Objects;

/** Why a figure is unknown, and how unknown figures are ordered. */
final class Reasons {
  /** The most characters of one text that the page carries; {@code report.json} has all. */
  static final int FULL_TEXT = 20_000;

  private static final NativeUse NO_NATIVE = new NativeUse(null, null, null);
  private static final HeapUse NO_HEAP = new HeapUse(null, null);
  private static final ConnectionHeap NO_CONNECTION = ConnectionHeap.NONE;

  private Reasons() {}

  /** Native heap of which nothing is known counts as one of unknown figures; so do the next. */
  static NativeUse known(NativeUse use) {
    return Objects.requireNonNullElse(use, NO_NATIVE);
  }

  static HeapUse known(HeapUse use) {
    return Objects.requireNonNullElse(use, NO_HEAP);
  }

  static ConnectionHeap known(ConnectionHeap heap) {
    return Objects.requireNonNullElse(heap, NO_CONNECTION);
  }

  /** Why native SQLite heap is unknown, as far as the recording says. */
  static String noNative(PostMortem postMortem) {
    return postMortem.nativeLibraries().stream()
        .filter(NativeLibrary::sqlite)
        .map(NativeLibrary::unavailable)
        .filter(Objects::nonNull)
        .map(VisibleText::label)
        .findFirst()
        .orElse("not measured");
  }

  static long orZero(Long bytes) {
    return bytes == null ? 0 : bytes;
  }
}
