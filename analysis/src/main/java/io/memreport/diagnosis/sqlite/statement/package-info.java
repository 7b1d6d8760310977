// SPDX-License-Identifier: Apache-2.0

/** Statements and results that are left open, run too long or read too much. */
package io.memreport.diagnosis.sqlite.statement;
