// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.map;

import io.memreport.model.PostMortem;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Relations;
import java.util.List;

/**
 * Who has the memory: a row of kinds, below each kind its tests, below each test what took it.
 *
 * @param peak whether boxes are what tests held at most: none left anything behind, or the JVM died
 */
public record MapView(boolean peak, Icicle icicle) {

  /** Null if no test left or held anything. */
  public static MapView of(PostMortem postMortem, Names names, Relations relations) {
    List<Icicle.Root> kinds =
        Shares.died(postMortem)
            ? List.of()
            : new Shares(postMortem, names, relations, false).kinds();
    boolean peak = kinds.isEmpty();
    if (peak) {
      kinds = new Shares(postMortem, names, relations, true).kinds();
    }
    return kinds.isEmpty() ? null : new MapView(peak, Icicle.of(kinds));
  }
}
