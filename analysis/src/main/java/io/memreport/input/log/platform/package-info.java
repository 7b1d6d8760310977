// SPDX-License-Identifier: Apache-2.0

/** Reads what platforms say of memory, each message a row of a table. */
package io.memreport.input.log.platform;
