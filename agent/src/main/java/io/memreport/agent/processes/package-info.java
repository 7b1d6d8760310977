// SPDX-License-Identifier: Apache-2.0
/** Weaving where the JDK starts processes. */
package io.memreport.agent.processes;
