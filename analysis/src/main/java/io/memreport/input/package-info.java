// SPDX-License-Identifier: Apache-2.0
/** Readers of what a run left behind, one per kind of file. They never change their input. */
package io.memreport.input;
