// SPDX-License-Identifier: Apache-2.0
/** One run: its settings, its folder, its JFR recording, and the facts known at its start. */
package io.memreport.recorder.run;
