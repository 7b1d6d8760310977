// SPDX-License-Identifier: Apache-2.0

/** The commands about this machine's shared memory. */
package io.memreport.cli.shm;
