// SPDX-License-Identifier: Apache-2.0
/** What watching costs, as ratios to the same program unwatched. Nothing here asserts a time. */
package io.memreport.benchmarks;
