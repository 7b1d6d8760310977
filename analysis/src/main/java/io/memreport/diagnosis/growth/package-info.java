// SPDX-License-Identifier: Apache-2.0
/** Kinds of memory that nobody counts for a test, told by how the process grew while it ran. */
package io.memreport.diagnosis.growth;
