// SPDX-License-Identifier: Apache-2.0

/** What processes are there for, and those that more than one recording tells of. */
package io.memreport.input.process;
