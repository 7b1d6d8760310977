// SPDX-License-Identifier: Apache-2.0
/** Samples of the Java heap: which objects live, by the test, the line and the class. */
package io.memreport.recorder.heap;
