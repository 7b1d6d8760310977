// SPDX-License-Identifier: Apache-2.0
/** Weaving where the JDK refuses direct buffers. */
package io.memreport.agent.buffers;
