// SPDX-License-Identifier: Apache-2.0

/** Events on shared memory. */
package io.memreport.recorder.event.shared;
