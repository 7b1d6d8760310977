// SPDX-License-Identifier: Apache-2.0

/** Reads JFR's chunks, damaged ones too. */
package io.memreport.input.jfr;
