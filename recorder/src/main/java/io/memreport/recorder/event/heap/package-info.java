// SPDX-License-Identifier: Apache-2.0

/** Events on what lives in the Java heap. */
package io.memreport.recorder.event.heap;
