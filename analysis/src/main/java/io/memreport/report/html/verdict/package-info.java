// SPDX-License-Identifier: Apache-2.0

/** The verdict and the findings. */
package io.memreport.report.html.verdict;
