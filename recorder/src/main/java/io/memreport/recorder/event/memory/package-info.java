// SPDX-License-Identifier: Apache-2.0

/** Events on the memory of a process, its cgroup and its machine. */
package io.memreport.recorder.event.memory;
