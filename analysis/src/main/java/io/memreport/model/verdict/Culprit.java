// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

/**
 * Who took it. {@code type} is test, query, connection, process, segment or class; {@code id} is
 * that of its row.
 */
public record Culprit(String type, String id, String name, Long bytes) {}
