// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.heapdump.ClassBytes;
import io.memreport.model.heapdump.HeapChain;
import io.memreport.model.heapdump.HeapSource;
import io.memreport.model.heapdump.HeapSuspect;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a heap dump shows, in the words of the terminal and the page. */
public final class HeapText {
  private static final String ARROW = " → ";
  private static final int CLASSES = 3;

  private HeapText() {}

  /** As in {@code static field Foo.LIST → java.util.ArrayList.elementData}. */
  public static String chain(HeapChain chain) {
    return String.join(ARROW, chain.steps());
  }

  /** The chain and what is at its end. */
  public static String held(HeapSuspect suspect) {
    String objects =
        suspect.objects() == 1 ? "" : String.format(Locale.ROOT, "%,d ", suspect.objects());
    return chain(suspect.chain())
        + ARROW
        + objects
        + suspect.className()
        + (suspect.shared() ? " (the chain of the largest one)" : "");
  }

  /** As in {@code 30 byte[] (30.0 MiB), 1 java.lang.Object[] (152 B)}. */
  public static String classes(HeapSuspect suspect) {
    return suspect.holds().stream()
        .limit(CLASSES)
        .map(HeapText::counted)
        .collect(Collectors.joining(", "));
  }

  private static String counted(ClassBytes row) {
    return String.format(Locale.ROOT, "%,d ", row.objects())
        + row.className()
        + " ("
        + Units.bytes(row.bytes())
        + ")";
  }

  /** Where a run says that objects come from. */
  public static String source(HeapSource source) {
    return "By the run's samples "
        + HeapLine.estimate(source.bytes(), source.errorBytes())
        + " of "
        + source.className()
        + " that live were allocated"
        + (source.line() == null ? "" : " by " + source.line())
        + tests(source)
        + ": at least "
        + Units.bytes(source.atLeastBytes())
        + " of them are here.";
  }

  /** One of many is named only if it is proven that some of what is held is its own. */
  private static String tests(HeapSource source) {
    if (source.allTests() == 0) {
      return "";
    }
    if (source.allTests() == 1 && source.tests().size() == 1) {
      return " in " + source.tests().get(0);
    }
    return " in "
        + Names.counted(source.allTests(), "test")
        + (source.tests().isEmpty() ? "" : ", such as " + source.tests().get(0));
  }
}
