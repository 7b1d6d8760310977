// SPDX-License-Identifier: Apache-2.0

/** Lines of logs: their prefixes, times and quotations. */
package io.memreport.input.log.line;
