// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

/** A named value. */
public record Fact(String name, String value) {}
