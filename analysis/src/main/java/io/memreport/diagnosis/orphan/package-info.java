// SPDX-License-Identifier: Apache-2.0

/** Who uses a piece of this machine's shared memory, and whether nobody does any more. */
package io.memreport.diagnosis.orphan;
