// SPDX-License-Identifier: Apache-2.0

/** Reads JSON of several lines: what tools show of containers, tasks, pods and processes. */
package io.memreport.input.log.document;
