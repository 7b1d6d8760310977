// SPDX-License-Identifier: Apache-2.0

/** Options that several commands share. */
package io.memreport.cli.options;
