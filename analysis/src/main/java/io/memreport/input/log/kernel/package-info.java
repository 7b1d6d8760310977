// SPDX-License-Identifier: Apache-2.0

/** Reads the Linux kernel's reports of kills. */
package io.memreport.input.log.kernel;
