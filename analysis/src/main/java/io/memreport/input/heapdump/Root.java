// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.model.heapdump.RootKind;

/**
 * What the JVM itself holds.
 *
 * @param thread its serial number, 0 if it is of none
 * @param frame how deep in the thread's stack, negative if unknown
 */
record Root(long id, RootKind kind, int thread, int frame) {}
