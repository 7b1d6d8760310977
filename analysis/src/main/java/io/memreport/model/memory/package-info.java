// SPDX-License-Identifier: Apache-2.0

/** Memory by owner, at one instant and over time: of processes, cgroups and the machine. */
package io.memreport.model.memory;
