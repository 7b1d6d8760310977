// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

/** A short remark beside a name. {@code kind} is bad, warn or plain. */
public record Chip(String text, String kind) {}
