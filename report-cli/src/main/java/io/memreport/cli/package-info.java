// SPDX-License-Identifier: Apache-2.0
/** The commands, one thin class each. */
package io.memreport.cli;
