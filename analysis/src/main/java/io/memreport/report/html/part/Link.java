// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

/** A way to another row of this page. */
public record Link(String anchor, String text) {}
