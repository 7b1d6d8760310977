// SPDX-License-Identifier: Apache-2.0
/**
 * The black box: a memory-mapped file that tells, up to the instant of a SIGKILL, what the process
 * held and what its threads were doing. {@link io.memreport.recorder.box.BoxLayout} is the format.
 */
package io.memreport.recorder.box;
