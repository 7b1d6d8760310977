// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import java.util.List;

/** All rules, in the order in which their findings are shown when they are equally bad. */
final class Rules {
  static final List<Rule> ALL =
      List.of(
          new PageCacheRetained(),
          new MemoryDatabase(),
          new SortInMemory(),
          new StatementNotClosed(),
          new HeapRetained());

  private Rules() {}
}
