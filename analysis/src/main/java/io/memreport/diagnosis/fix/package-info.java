// SPDX-License-Identifier: Apache-2.0

/** Settings of JVMs, builds and environments, ready to paste. */
package io.memreport.diagnosis.fix;
