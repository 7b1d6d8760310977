// SPDX-License-Identifier: Apache-2.0
/** Explains what logs tell of kills. */
package io.memreport.diagnosis.log;
