// SPDX-License-Identifier: Apache-2.0
/** Reads the black box, whose format is {@link io.memreport.recorder.box.BoxLayout}. */
package io.memreport.input.box;
