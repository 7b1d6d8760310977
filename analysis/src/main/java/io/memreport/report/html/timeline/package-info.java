// SPDX-License-Identifier: Apache-2.0

/** The chart of memory over time. */
package io.memreport.report.html.timeline;
