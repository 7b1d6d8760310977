// SPDX-License-Identifier: Apache-2.0

/** Java heap that was not given back, or ran out. */
package io.memreport.diagnosis.java;
