// SPDX-License-Identifier: Apache-2.0

/** Splits resident memory by owner, and thins it over time. */
package io.memreport.input.memory;
