// SPDX-License-Identifier: Apache-2.0

/** Shared memory that ran out, is near its limits, or has lost its owners. */
package io.memreport.diagnosis.shm;
