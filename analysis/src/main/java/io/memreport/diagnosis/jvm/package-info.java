// SPDX-License-Identifier: Apache-2.0

/** A JVM whose own limits do not fit where it runs. */
package io.memreport.diagnosis.jvm;
