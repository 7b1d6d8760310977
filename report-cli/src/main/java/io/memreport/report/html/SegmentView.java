// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.model.PostMortem;
import io.memreport.model.Segment;
import java.util.List;

/** One shared-memory segment. */
public record SegmentView(
    String kind,
    String id,
    Measure bytes,
    String creatorPid,
    Measure attached,
    String state,
    Link test) {

  static List<SegmentView> of(PostMortem postMortem, Names names) {
    if (postMortem.shared() == null) {
      return List.of();
    }
    return postMortem.shared().segments().stream().map(segment -> of(segment, names)).toList();
  }

  private static SegmentView of(Segment segment, Names names) {
    return new SegmentView(
        VisibleText.label(segment.kind()),
        VisibleText.shorten(VisibleText.line(segment.id()), 200),
        Measure.bytes(segment.bytes()),
        segment.creatorPid() == null ? "unknown" : Long.toString(segment.creatorPid()),
        Measure.count(segment.attached()),
        VisibleText.label(segment.state()).replace('-', ' '),
        names.link(Names.TEST, segment.test()));
  }
}
