// SPDX-License-Identifier: Apache-2.0
/** The map of a page: which kind of memory, which test of it, which query of that. */
package io.memreport.report.html.map;
