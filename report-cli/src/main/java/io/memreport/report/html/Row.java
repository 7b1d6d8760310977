// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import java.util.List;

/**
 * One test or one query. {@code fullText} is what {@code name} had to cut, empty for nothing;
 * {@code links} lead to the heaviest of its {@code linkTotal} counterparts.
 */
public record Row(
    String anchor,
    String name,
    String context,
    boolean guilty,
    List<Chip> chips,
    List<Fact> facts,
    String fullText,
    List<Link> links,
    int linkTotal,
    List<Measure> cells) {}
