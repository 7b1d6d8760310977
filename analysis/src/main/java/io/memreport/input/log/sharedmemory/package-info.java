// SPDX-License-Identifier: Apache-2.0

/** Reads how shared memory was refused. */
package io.memreport.input.log.sharedmemory;
