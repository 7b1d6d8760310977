// SPDX-License-Identifier: Apache-2.0

/** Who held the memory, as tables. */
package io.memreport.report.html.memory;
