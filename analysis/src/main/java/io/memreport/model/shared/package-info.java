// SPDX-License-Identifier: Apache-2.0

/** Shared memory and child processes of a recording. */
@NullMarked
package io.memreport.model.shared;

import org.jspecify.annotations.NullMarked;
