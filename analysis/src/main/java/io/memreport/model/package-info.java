// SPDX-License-Identifier: Apache-2.0
/**
 * The facts of a post-mortem, as immutable records. Their component names are the JSON names of
 * {@code report.json}. A byte count that could not be measured is {@code null}, never 0.
 */
package io.memreport.model;
