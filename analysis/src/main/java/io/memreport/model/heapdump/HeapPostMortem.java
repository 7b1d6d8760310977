// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.heapdump;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What {@code memreport heap} tells: {@code heap.json}.
 *
 * @param notes what could not be told, and why
 */
public record HeapPostMortem(
    String schema, String headline, @JsonUnwrapped HeapDump dump, List<String> notes) {
  /** The name of the schema, with its version. */
  public static final String SCHEMA = "memreport-heap/1";
}
