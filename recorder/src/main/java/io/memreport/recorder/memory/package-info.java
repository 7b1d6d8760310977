// SPDX-License-Identifier: Apache-2.0
/** What memory the process, its cgroup and the machine use, sampled. */
package io.memreport.recorder.memory;
