// SPDX-License-Identifier: Apache-2.0
/**
 * Chunks of JFR: a header, events, the pools of what events refer to, and the metadata that
 * describes them all.
 */
package io.memreport.recorder.chunk;
