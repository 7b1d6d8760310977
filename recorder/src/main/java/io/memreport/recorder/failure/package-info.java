// SPDX-License-Identifier: Apache-2.0
/** What is said when something of ours goes wrong. */
package io.memreport.recorder.failure;
