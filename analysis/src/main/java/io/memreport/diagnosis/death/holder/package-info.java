// SPDX-License-Identifier: Apache-2.0

/** Who held a kind of memory of a run that died: tests, queries, connections, child processes. */
package io.memreport.diagnosis.death.holder;
