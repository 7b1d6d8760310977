// SPDX-License-Identifier: Apache-2.0

/** Connection pools. */
package io.memreport.report.html.pool;
