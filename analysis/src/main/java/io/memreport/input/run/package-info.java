// SPDX-License-Identifier: Apache-2.0

/** Reads the run folder and its facts. */
package io.memreport.input.run;
