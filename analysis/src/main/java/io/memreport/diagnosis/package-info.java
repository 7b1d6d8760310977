// SPDX-License-Identifier: Apache-2.0
/** From facts to findings and a verdict: one rule, one small class. Rules read no files. */
package io.memreport.diagnosis;
