// SPDX-License-Identifier: Apache-2.0
/**
 * Which test and which query runs on this thread, and what it took. {@link
 * io.memreport.recorder.scope.Jdbc} and {@link io.memreport.recorder.scope.Tests} are what woven
 * code calls; nothing here throws into it, and nothing on the query path locks.
 */
package io.memreport.recorder.scope;
