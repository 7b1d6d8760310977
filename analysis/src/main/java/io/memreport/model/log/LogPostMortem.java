// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import java.util.List;

/**
 * What logs alone tell: schema {@code memreport-oom/1}.
 *
 * @param headline what it comes to
 * @param explained whether any event is more than something that was mistaken for a kill
 * @param events in the order of their lines
 * @param bytes how much was read
 * @param lines how many lines that was
 */
public record LogPostMortem(
    String schema,
    String headline,
    boolean explained,
    List<ExplainedEvent> events,
    long bytes,
    long lines,
    List<String> notes) {}
