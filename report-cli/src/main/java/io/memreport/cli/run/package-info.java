// SPDX-License-Identifier: Apache-2.0

/** {@code memreport run}: any command, with all processes below it under watch. */
package io.memreport.cli.run;
