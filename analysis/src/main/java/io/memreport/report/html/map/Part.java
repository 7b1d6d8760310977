// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.map;

import io.memreport.report.html.part.Link;
import java.util.List;

/**
 * Bytes and who has them: a kind of memory, a test, or a query or a line of code that took them for
 * a test. Its parts never add up to more than it has; what they leave is its own.
 *
 * @param row where the page has more on it, null for nowhere
 */
record Part(String label, long bytes, Link row, List<Part> parts) {}
