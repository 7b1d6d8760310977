// SPDX-License-Identifier: Apache-2.0
/** Limits of shared memory that are near. */
package io.memreport.diagnosis.shared;
