// SPDX-License-Identifier: Apache-2.0
/** Shared memory of this machine: what is there, who is behind it, and what became of it. */
package io.memreport.model.shm;
