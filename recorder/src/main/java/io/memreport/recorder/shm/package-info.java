// SPDX-License-Identifier: Apache-2.0
/** Shared memory as the kernel shows it: segments, limits, and the processes behind them. */
package io.memreport.recorder.shm;
