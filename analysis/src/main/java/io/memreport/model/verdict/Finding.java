// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

/** What is wrong, where, why it matters and what to do. */
public record Finding(
    String id, Severity severity, String title, String evidence, String advice, String where) {}
