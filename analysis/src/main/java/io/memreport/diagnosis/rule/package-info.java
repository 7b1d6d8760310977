// SPDX-License-Identifier: Apache-2.0

/** What a rule is: what it looks at, and what it answers. */
package io.memreport.diagnosis.rule;
