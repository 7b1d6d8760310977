// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who took it. {@code type} is test, query, connection, process, segment or class; {@code id} is
 * that of its row.
 *
 * @param measure what {@code bytes} are, null where there are none
 * @param children through whom it took them: the queries and connections of a test
 */
public record Culprit(
    String type,
    String id,
    String name,
    @Nullable Long bytes,
    @Nullable Measured measure,
    List<Culprit> children) {

  /** Reports of earlier versions have no children. */
  public Culprit {
    children = children == null ? List.of() : children;
  }

  /** What its bytes are is told by whoever names it. */
  public Culprit(String type, String id, String name, @Nullable Long bytes) {
    this(type, id, name, bytes, null, List.of());
  }

  /** These bytes are this measure, unless another was told before. */
  public Culprit measuredAs(Measured other) {
    return measure != null || bytes == null
        ? this
        : new Culprit(type, id, name, bytes, other, children);
  }

  /** It took its bytes through these. */
  public Culprit through(List<Culprit> others) {
    return new Culprit(type, id, name, bytes, measure, others);
  }
}
