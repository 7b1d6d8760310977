// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

/**
 * One sortable column. {@code kind} is bytes, nanos or count; {@code group} joins neighbours under
 * one heading.
 */
public record Column(String label, String title, String kind, String group) {}
