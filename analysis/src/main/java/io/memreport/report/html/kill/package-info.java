// SPDX-License-Identifier: Apache-2.0

/** Who was killed by whom, and forks under one limit. */
package io.memreport.report.html.kill;
