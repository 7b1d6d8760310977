// SPDX-License-Identifier: Apache-2.0

/** The JVM itself: limits that do not fit where it runs, and threads that go on. */
package io.memreport.diagnosis.jvm;
