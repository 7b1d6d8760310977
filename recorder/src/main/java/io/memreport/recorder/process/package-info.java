// SPDX-License-Identifier: Apache-2.0
/** The processes that this JVM starts, and those that they leave behind. */
package io.memreport.recorder.process;
