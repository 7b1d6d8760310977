// SPDX-License-Identifier: Apache-2.0

/** What OSHI tells of the machine and its processes, where the kernel shows no files. */
package io.memreport.cli.machine;
