// SPDX-License-Identifier: Apache-2.0

/** What is read of {@code /proc}. */
package io.memreport.recorder.proc;
