// SPDX-License-Identifier: Apache-2.0

/** Shared memory and child processes. */
package io.memreport.report.html.shared;
