// SPDX-License-Identifier: Apache-2.0

/** How a run died, who held the memory, and how well that fits a log. */
package io.memreport.diagnosis.death;
