// SPDX-License-Identifier: Apache-2.0

/** Texts that may hold secrets, made fit to be recorded: what is not known to be harmless goes. */
package io.memreport.recorder.redact;
