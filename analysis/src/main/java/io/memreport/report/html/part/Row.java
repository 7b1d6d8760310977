// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import java.util.List;

/**
 * One test or one query. {@code named} says who names it, empty for nobody. {@code fullText} is
 * what {@code name} had to cut, empty for nothing; {@code links} lead to the heaviest of its {@code
 * linkTotal} counterparts.
 */
public record Row(
    String anchor,
    String name,
    String context,
    String named,
    List<Chip> chips,
    List<Fact> facts,
    String fullText,
    List<Link> links,
    int linkTotal,
    List<Measure> cells) {

  /** The same with other cells. */
  Row with(List<Measure> others) {
    return new Row(anchor, name, context, named, chips, facts, fullText, links, linkTotal, others);
  }

  /** Whether the verdict or a finding names it. */
  public boolean guilty() {
    return !named.isEmpty();
  }
}
