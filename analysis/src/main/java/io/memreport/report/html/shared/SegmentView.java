// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.shared;

import io.memreport.model.shared.Segment;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;

/**
 * One shared-memory segment.
 *
 * @param left whether it stayed behind
 */
public record SegmentView(
    String kind,
    String id,
    Measure bytes,
    String creatorPid,
    Measure attached,
    String state,
    String reason,
    boolean left,
    Link test) {

  static SegmentView of(Segment segment, Names names) {
    String state = VisibleText.label(segment.state());
    return new SegmentView(
        VisibleText.label(segment.kind()),
        VisibleText.shorten(VisibleText.line(segment.id()), 200),
        Measure.bytes(segment.bytes()),
        segment.creatorPid() == null ? "unknown" : Long.toString(segment.creatorPid()),
        Measure.count(segment.attached()),
        state.replace('-', ' '),
        VisibleText.label(segment.reason()),
        state.equals("orphan") || state.equals("abandoned-server"),
        names.link(Names.TEST, segment.test()));
  }
}
