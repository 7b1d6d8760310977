// SPDX-License-Identifier: Apache-2.0
/**
 * Who is on the current thread's stack: the code that opens or asks, and hooks that were cut off.
 */
package io.memreport.recorder.stack;
