// SPDX-License-Identifier: Apache-2.0
/**
 * The JFR events of memreport: the one home of their names, fields and units.
 *
 * <p>Identifiers are unique within a run. Bytes that could not be measured are {@link
 * MemreportEvent#UNKNOWN}, never 0.
 */
package io.memreport.recorder.event;
