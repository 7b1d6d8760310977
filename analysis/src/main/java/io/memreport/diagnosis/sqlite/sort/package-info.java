// SPDX-License-Identifier: Apache-2.0

/** Sorts, temporary tables and indexes, and where they lie. */
package io.memreport.diagnosis.sqlite.sort;
