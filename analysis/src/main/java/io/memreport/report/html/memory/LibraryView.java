// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.memory;

import io.memreport.model.PostMortem;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.VisibleText;
import java.util.List;

/** Native heap of one library in one run; {@code unavailable} is empty where it was measured. */
public record LibraryView(
    String name,
    String run,
    boolean sqlite,
    String unavailable,
    Measure held,
    Measure peak,
    Measure allocated) {

  public static List<LibraryView> of(PostMortem postMortem) {
    return postMortem.nativeLibraries().stream().map(LibraryView::of).toList();
  }

  private static LibraryView of(NativeLibrary library) {
    String why =
        library.unavailable() == null ? "not measured" : VisibleText.label(library.unavailable());
    return new LibraryView(
        VisibleText.shorten(VisibleText.line(library.name()), 200),
        VisibleText.label(library.runId()),
        library.sqlite(),
        VisibleText.label(library.unavailable()),
        Measure.bytes(library.heldBytes(), why),
        Measure.bytes(library.peakBytes(), why),
        Measure.bytes(library.allocatedBytes(), why));
  }
}
