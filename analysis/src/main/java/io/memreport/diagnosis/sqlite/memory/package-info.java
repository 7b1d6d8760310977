// SPDX-License-Identifier: Apache-2.0

/** SQLite's memory beside caches: what malloc keeps, what is mapped, limits that do not hold. */
package io.memreport.diagnosis.sqlite.memory;
