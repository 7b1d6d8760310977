// SPDX-License-Identifier: Apache-2.0
/** What native libraries take from malloc, counted exactly; see {@code docs/native-heap.md}. */
package io.memreport.recorder.nativeheap;
