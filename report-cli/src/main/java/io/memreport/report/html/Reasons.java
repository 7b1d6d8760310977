// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.model.NativeLibrary;
import io.memreport.model.PostMortem;
import java.util.Objects;

/** Why a figure is unknown, and how unknown figures are ordered. */
final class Reasons {
  /** The most characters of one text that the page carries; {@code report.json} has all. */
  static final int FULL_TEXT = 20_000;

  private Reasons() {}

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
