// SPDX-License-Identifier: Apache-2.0

/** Queries, connections and pools, and what SQLite held for each. */
@NullMarked
package io.memreport.model.sql;

import org.jspecify.annotations.NullMarked;
