// SPDX-License-Identifier: Apache-2.0
/** Reads the shared memory of this machine, and the processes behind it. */
package io.memreport.input.shm;
