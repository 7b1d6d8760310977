// SPDX-License-Identifier: Apache-2.0

/** How figures, tests and other things are called in sentences. */
package io.memreport.diagnosis.words;
