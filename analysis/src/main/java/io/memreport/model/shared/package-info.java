// SPDX-License-Identifier: Apache-2.0

/** Shared memory and child processes of a recording. */
package io.memreport.model.shared;
