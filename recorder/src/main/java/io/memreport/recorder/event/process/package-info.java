// SPDX-License-Identifier: Apache-2.0

/** Events on the processes that a test starts. */
package io.memreport.recorder.event.process;
