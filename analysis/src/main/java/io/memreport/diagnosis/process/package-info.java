// SPDX-License-Identifier: Apache-2.0

/** Processes that outlive the test which started them. */
package io.memreport.diagnosis.process;
