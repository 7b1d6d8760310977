// SPDX-License-Identifier: Apache-2.0

/** Queries, connections and pools, and what SQLite held for each. */
package io.memreport.model.sql;
