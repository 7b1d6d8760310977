// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import io.memreport.recorder.box.BoxEnd;
import java.time.Instant;

/**
 * The end of something beside tests.
 *
 * @param id of a connection, or the pid of a process
 * @param startTicks when a process started, as in events; 0 for a connection
 */
public record BoxEnding(BoxEnd kind, long id, long startTicks, Instant at) {}
