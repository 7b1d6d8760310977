// SPDX-License-Identifier: Apache-2.0

/** Tests, queries and connections, a row each. */
package io.memreport.report.html.table;
