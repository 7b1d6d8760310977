// SPDX-License-Identifier: Apache-2.0

/** How a report calls tests, killers, forks and figures, whatever its format. */
package io.memreport.report.words;
