// SPDX-License-Identifier: Apache-2.0
/** How large SQLite's memory may be on a machine. */
package io.memreport.sizing;
