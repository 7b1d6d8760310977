// SPDX-License-Identifier: Apache-2.0

/** What commands share: the terminal, exit statuses, options with units. */
package io.memreport.cli.terminal;
